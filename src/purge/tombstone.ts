// What remains of a recording: that it was, when it was due, and when it went. Nothing of the person (C23).

export interface Tombstone {
  format: 'greffier-tombstone-1';
  id: string;
  site: string;
  line: string;
  purpose: string;
  arrivedAt: string;
  dueAt: string;
  destroyedAt: string;
  reason: string;
  /** Of the ciphertext that was destroyed, so that a copy found later can be recognised. */
  bodySha256: string;
  manifestSha256: string;
  signedBy: string;
}

// The manifest: what a recording is, when it is due, and that the caller was told. It lies beside the ciphertext in
// canonical JSON with a detached signature, so it stands without this program. No full number and no name (C19).

export interface Manifest {
  format: 'greffier-manifest-1';
  id: string;
  site: string;
  direction: string;
  line: { did: string; name: string };
  purpose: string;
  outside: { last4: string; fingerprint: string };
  extension: string;
  arrivedAt: string;
  answeredAt: string | null;
  endedAt: string | null;
  announcement: { id: string; sha256: string; startedAt: string; heardToTheEndAt: string };
  consent: 'not-refused';
  state: 'sealed' | 'interrupted';
  audio: {
    encoding: 'flac';
    rate: number;
    left: 'outside';
    right: 'inside';
    milliseconds: number;
  };
  body: { bytes: number; sha256: string };
  details: { bytes: number; sha256: string };
  /** Fingerprints of the encryption keys that the header is for. */
  recipients: string[];
  retention: string;
  /** Absolute, in UTC: nothing that happens to the files can move it. */
  dueAt: string;
  signedBy: string;
}

/** Start of the audio: the moment the two parties were connected. */
export function startOf(manifest: Manifest): Date {
  return new Date(manifest.answeredAt ?? manifest.arrivedAt);
}

/** The day (UTC) whose folder holds the recording. */
export function dayOf(manifest: Pick<Manifest, 'arrivedAt'>): Date {
  return new Date(`${manifest.arrivedAt.slice(0, 10)}T00:00:00Z`);
}

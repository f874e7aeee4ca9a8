// A row of the index of recordings.

export interface RecordingRow {
  id: string;
  day: string;
  started_at: string;
  milliseconds: number;
  direction: string;
  client: string;
  did: string;
  line_name: string;
  policy: string;
  purpose: string;
  last4: string;
  fingerprint: string;
  /** Extensions that took part, in the order in which they joined, with spaces between. */
  extension: string;
  /** As the row of the call says; empty when there was none. It is read, and not put. */
  queue?: string;
  consent: string;
  state: 'sealed' | 'interrupted' | 'truncated' | 'destroyed';
  due_at: string;
  /** End of the legal hold that lasts longest (C24); null when there is none. */
  held_until: string | null;
  bytes: number;
  destroyed_at: string | null;
  destroyed_reason: string | null;
}

/** A row to be put, with the ids of the keys that open the recording. */
export interface NewRecordingRow extends RecordingRow {
  sealedTo?: { keyIds: string[] /** The header itself says so, and not the manifest. */; exact: boolean };
}

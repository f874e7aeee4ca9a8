/** What the server answers, word for word. */

export interface Site {
  name: string;
  timezone: string;
  language: 'fr' | 'en';
  version: string;
  bundle: string;
}

export interface Session {
  user: string;
  roles: string[];
  /** What the roles permit. */
  permissions: string[];
}

export interface Tombstone {
  destroyedAt: string;
  reason: string;
}

export interface Recording {
  id: string;
  startedAt: string;
  durationSeconds: number;
  direction: 'inbound' | 'outbound' | 'internal';
  line: { did: string; name: string };
  purpose: string;
  outside: { last4: string };
  extension: string;
  queue?: string;
  heldUntil?: string;
  consent: string;
  state: 'sealed' | 'interrupted' | 'truncated' | 'destroyed';
  dueAt: string;
  bytes: number;
  tombstone?: Tombstone;
}

export interface RecordingPage {
  recordings: Recording[];
  next: string | null;
  /** How many there are at all; absent for whoever does not see all clients. */
  total?: number;
  /** How many fit, up to a thousand; on the first page only. */
  found?: { count: number; more: boolean };
  /** How far back was looked, when that was not to the end. */
  searchedTo?: string;
}

/** Names of what recordings are searched by. */
export interface SearchTerms {
  clients: { id: string; name: string }[];
  lines: { did: string; name: string; client: string }[];
  queues: { id: string; name: string; client: string }[];
  people: { id: string; name: string; extensions: string[]; client: string }[];
}

/** What the appliance signed about a recording; only what the UI tells of it. The page shows the whole as it came. */
export interface Manifest {
  arrivedAt: string;
  answeredAt: string | null;
  segments: { startedAt: string }[];
  /** What lies between the segments: digital zero in the audio. */
  pauses: { startedAt: string; endedAt: string | null; reason: string }[];
  audio: { encoding: 'flac' | 'opus'; milliseconds: number };
  announcements: { id: string; sha256: string; heardToTheEndAt: string }[];
  body: { sha256: string };
  /** Fingerprints of the encryption keys that open it. */
  recipients: string[];
}

export interface RecordingSheet extends Recording {
  /** Absent once the recording is destroyed. */
  manifest?: Manifest;
  files?: Record<string, number>;
}

/** The sealed part of the call sheet: only readable after unlocking. */
export interface CallDetails {
  outsideNumber: string;
  outsideName: string;
  dialled: string;
}

export interface Health {
  services: { name: string; state: 'up' | 'down'; since: string }[];
  alarms: { id: string; at: string; code: string; message: string; call?: string }[];
  spool: { files: number; bytes: number; capacityBytes: number; truncated?: number };
  vault: { freeBytes: number; recordings: number };
  purge: { due: number; lastSweepAt: string | null };
  disk?: Disk;
  /** How many captures turned out to hold no audio. */
  captures?: { empty: number };
  keys?: KeyHealth;
  /** `null` until the vault has been checked once. */
  vaultCheck?: { at: string; checked: number; bad: number } | null;
}

export interface Disk {
  freeBytes: number;
  capacityBytes: number;
  bytesPerDay: number;
  /** `null` when nothing has been sealed lately, so that there is no rate. */
  daysLeft: number | null;
  days: { day: string; bytes: number }[];
}

export interface KeyHealth {
  drillsOverdue: number;
  expiring: { file: string; days: number }[];
  /** False when no key is fit: calls go on, nothing is recorded. */
  recordingPossible: boolean;
}

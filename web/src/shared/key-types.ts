/** What the server says of keys, word for word. */

export interface KeyRow {
  file: string;
  /** Of the whole key, in hexadecimal. */
  fingerprint: string;
  /** Whom the key names as its owner. */
  user: string;
  /** `null` when it never expires. */
  expires: string | null;
  /** Why nothing is sealed to it, in the server's words; `null` when it is fit. */
  unfit: string | null;
  recordings: number;
}

export interface KeyGroup {
  group: string;
  name: string;
  keys: KeyRow[];
}

/** One generation of a key, to be tried out at regular intervals. */
export interface Drill {
  fingerprint: string;
  label: string;
  since: string;
  lastOpenedAt: string | null;
  dueAt: string;
  overdue: boolean;
}

export interface RotationState {
  id: string;
  from: string;
  to: string;
  startedAt: string;
  total: number;
  done: number;
  /** `running`, or how it is being ended. */
  state: string;
}

export interface Keys {
  recovery: KeyRow[];
  groups: KeyGroup[];
  signing: { fingerprint: string };
  drills: Drill[];
  rotation: RotationState | null;
}

/** The replacement in progress, as its holder needs it. */
export interface Rotation extends Omit<RotationState, 'startedAt'> {
  toArmored: string;
}

/** A recording's header, in base64. */
export interface SealedHeader {
  id: string;
  header: string;
}

export interface HeaderPage {
  headers: SealedHeader[];
  next: string | null;
}

export interface Refused {
  id: string;
  reason: string;
}

export interface HandedBack {
  accepted: number;
  refused: Refused[];
}

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

/** A group's private key in a message to the personal keys of its members, in base64. */
export interface WrappedGroup {
  group: string;
  fingerprint: string;
  wrapped: string;
}

/** What the box keeps for somebody: the personal key under its passphrase, and what is wrapped to it. */
export interface OwnKeys {
  personal: string | null;
  fingerprint: string | null;
  groups: WrappedGroup[];
}

export interface GroupMember {
  user: string | null;
  /** `former` when it is wrapped to a key that its owner has replaced. */
  key: 'present' | 'former' | 'unknown';
}

export interface SharedGroup {
  group: string;
  name: string;
  offered: string | null;
  keys: { fingerprint: string; unfit: string | null; members: GroupMember[] }[];
  candidates: string[];
}

/** Whose personal key it is, and what there is to trust it by. */
export interface KeyHolder {
  user: string;
  roles: string[];
  fingerprint: string | null;
  armored: string | null;
  unfit: string | null;
  since: string | null;
  by: string | null;
  before: { fingerprint: string; at: string }[];
}

export interface KeyGroups {
  groups: SharedGroup[];
  people: KeyHolder[];
}

/** How far the first run is. */
export interface Setup {
  site: string;
  recovery: 'missing' | 'waiting' | 'in-force';
  fingerprint: string | null;
  policies: boolean;
  announcements: boolean;
  recorded: boolean;
  secondPerson: boolean;
}

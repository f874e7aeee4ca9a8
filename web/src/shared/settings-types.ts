/** What the routes of policies and announcements answer; see src/policies/answers.ts and src/announcement/routes.ts. */
export interface Fault {
  /** As in `line +33123456701`. */
  at: string;
  says: string;
  law?: string;
  hint?: string;
}

export interface Client {
  id: string;
  name: string;
  contact: string;
}
export interface Justified {
  text: string;
  approver: string;
}
export interface Policy {
  id: string;
  client: string;
  purpose: string;
  consent: string;
  start: string;
  share: number;
  retention: string;
  encoding: string;
  live_listening: boolean;
  recipients: string[];
  legal_obligation?: Justified;
  derogation?: Justified;
}
export interface Destination {
  extensions?: string[];
  ring_group?: string;
  queue?: string;
  conference?: string;
  priority?: number;
}
export interface Line {
  did: string;
  client: string;
  name: string;
  policy: string;
  announcements: string[];
  information?: string;
  destination: Destination;
  hours?: object;
}
export interface Queue {
  id: string;
  client: string;
  name: string;
  number: string;
  extensions: string[];
  strategy: string;
  wrap_up_seconds: number;
  timeout_seconds: number;
  announce_position: boolean;
  log_in?: string;
  weight?: number;
  overflow?: { after_seconds: number; to: Destination };
  when_empty?: string;
}
export interface Wording {
  id: string;
  client: string;
  language: string;
  version: number;
  kind: string;
  text: string;
}
export interface Owned {
  id: string;
  client: string;
  name: string;
}

export interface Settings {
  clients: Client[];
  recipient_groups: Owned[];
  announcements: Wording[];
  policies: Policy[];
  lines: Line[];
  ring_groups: (Owned & { number: string; extensions: string[] })[];
  queues: Queue[];
  conferences: (Owned & { number: string })[];
  people: (Owned & { role: string; extensions: string[] })[];
  teams: (Owned & { members: string[]; supervisors: string[]; modes: string[] })[];
  outbound: { client: string; policy: string; announcements: string[] }[];
  internal?: { policy: string; announcements: string[] };
}

export interface ShownSettings {
  version: string;
  generation: string | null;
  warnings: Fault[];
  settings: Settings;
}

/** What has a form, and what is in it. */
export interface Sections {
  clients: Client;
  policies: Policy;
  lines: Line;
  queues: Queue;
}
export type SectionName = keyof Sections;

export interface Edit {
  section: SectionName;
  key: string;
  value: object | null;
}
export type SettingsWish = { base: string } & ({ edits: Edit[] } | { yaml: string });

export interface Change {
  change: 'added' | 'changed' | 'removed';
  section: string;
  what: string;
  fields: { field: string; before?: string; after?: string }[];
  decision: boolean;
}
export interface SettingsPlan {
  base: string;
  changes: Change[];
  warnings: Fault[];
  faults: Fault[];
}
export interface AppliedSettings {
  before: string | null;
  after: string;
  version: string;
}
export interface SettingsHistory {
  entries: { index: number; at: string; actor: string; action: string; what: string }[];
  next: number | null;
}

export interface Announcement extends Wording {
  seconds: number | null;
  sha256: string | null;
  lines: string[];
  audio: string;
  replaced: boolean;
}
export interface AnnouncementList {
  announcements: Announcement[];
  dictations: { code: string; until: string }[];
}
export interface NewWording {
  text: string;
  /** Base64. */
  audio: string;
  name: string;
}
export interface NewVersion {
  id: string;
  replaces: string;
  sha256: string;
  seconds: number;
}

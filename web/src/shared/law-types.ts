/** What the routes of the rights desk, the audit log and incidents take and answer. */
import type { Recording } from './api-types.ts';

export const KINDS = ['access', 'erasure', 'objection', 'rectification', 'restriction'] as const;
export const CHANNELS = ['letter', 'email', 'phone', 'web', 'in-person', 'other'] as const;
export const ANSWERS = ['granted', 'partly', 'refused'] as const;
export const ENDINGS = ['answered', 'withdrawn', 'unidentified'] as const;
export type RequestKind = (typeof KINDS)[number];

/** A request as lists show it: nothing of the person. */
export interface ListedRequest {
  id: string;
  kind: RequestKind;
  channel: string;
  receivedAt: string;
  dueAt: string;
  status: 'open' | 'overdue' | 'answered' | 'closed';
  identified: boolean;
  numbers: number;
  extended: boolean;
  stoppedAt: string | null;
}

export interface RightsFigures {
  open: number;
  overdue: number;
  answered: number;
  inTime: number;
  meanDays: number | null;
  medianDays: number | null;
}

export interface PlaceOfRecording {
  id: string;
  startedAt: string;
  line: string;
  purpose: string;
}

export type Outcome = PlaceOfRecording & {
  outcome: 'pending' | 'destroyed' | 'held' | 'locked' | 'failed';
  at: string | null;
};
type Done = { at: string; by: string };

export interface WholeRequest extends ListedRequest {
  openedAt: string;
  reference: string;
  person: { name: string; contact: string } | null;
  parties: { last4: string; fingerprint: string }[];
  calls: string[];
  identity: (Done & { how: string }) | null;
  extension: { reason: string; toldAt: string; by: string } | null;
  note: string;
  found: {
    at: string;
    recordings: (PlaceOfRecording & { state: string; dueAt: string; heldUntil: string | null })[];
    calls: number;
  } | null;
  exports: (Done & {
    recordings: PlaceOfRecording[];
    withheld: (PlaceOfRecording & { reason: string })[];
    calls: number;
  })[];
  erasure: {
    at: string;
    by: [string, string];
    recordings: Outcome[];
    calls: string[];
    doneAt: string | null;
  } | null;
  objection: (Done & { numbers: number }) | null;
  answer: (Done & { outcome: string; reason: string }) | null;
  closed: (Done & { how: string }) | null;
  forgottenAt: string | null;
  history: (Done & { what: string; note: string })[];
}

export interface FoundCall {
  id: string;
  arrivedAt: string;
  direction: string;
  line: string;
  announcements: { id: string; heardToTheEndAt: string | null }[];
  consent: string | null;
  recorded: boolean;
  reason: string | null;
}

export interface FoundOfPerson {
  recordings: Recording[];
  calls: FoundCall[];
}

/** A call that may be theirs. */
export interface Candidate {
  id: string;
  arrivedAt: string;
  line: string;
  extension: string;
  disposition: string;
  recorded: boolean;
}

export interface NewRequest {
  kind: string;
  channel: string;
  receivedAt?: string;
  reference: string;
  note: string;
  name: string;
  contact: string;
  numbers: string[];
}

/** A package that was made, and the ticket that takes it out. */
export interface Packed {
  ticket: string;
  name: string;
}

export interface LogEntry {
  at: string;
  actor: string;
  action: string;
  recording?: string;
  reason?: string;
  from?: string;
  code?: string;
  subject?: string;
  extensions?: string;
  index?: number;
  erased?: boolean;
}

export interface LogPage {
  entries: LogEntry[];
  next: number | null;
}

export interface WitnessState {
  id: string;
  kind: string;
  lastSize: number | null;
  lastAt: string | null;
  behind: number;
  error: string | null;
}

export interface LogState {
  size: number;
  root: string;
  checkpoint: string;
  takenAt: string;
  fingerprint: string;
  begins: number;
  frozen: { at: string; reason: string } | null;
  witnesses: WitnessState[];
}

export interface Incident {
  id: string;
  reason: string;
  scope: Record<
    'since' | 'until' | 'madeSince' | 'madeUntil' | 'client' | 'line' | 'extension',
    string | null
  > & {
    recordings: string[];
  };
  awareAt: string;
  openedAt: string;
  by: string;
  logFrozen: boolean;
  figures: {
    recordings: number;
    destroyed: number;
    persons: number;
    withheld: number;
    extensions: number;
    seconds: number;
    clients: Record<string, number>;
  } | null;
  notified: (Done & { reference: string }) | null;
  closed: (Done & { note: string }) | null;
  clock: { noticeDueAt: string; hoursLeft: number; state: string };
}

/** What the server answers about calls in progress and about listening to them, word for word. */

export const MODES = ['listen', 'whisper', 'barge', 'take-over'] as const;
export type Mode = (typeof MODES)[number];

export type AgentState =
  | 'offline'
  | 'free'
  | 'ringing'
  | 'talking'
  | 'on-hold'
  | 'paused'
  | 'wrap-up'
  /** A staff representative, of whom nothing is told. */
  | 'private';

export interface BoardAgent {
  extension: string;
  name: string;
  teams: string[];
  state: AgentState;
  since: string | null;
  /** Id of one of the calls. */
  call: string | null;
  queues: string[];
  modes: Mode[];
}

export interface BoardCall {
  id: string;
  direction: 'inbound' | 'outbound' | 'internal';
  line: string;
  queue: string;
  since: string;
  state: 'arriving' | 'ringing' | 'waiting' | 'talking' | 'on-hold' | 'parked';
  stateSince: string;
  extensions: string[];
  recorded: 'yes' | 'no' | 'paused';
  listenable: boolean;
  /** Null for whoever may not see it; empty when the number was withheld. */
  last4: string | null;
}

export interface BoardQueue {
  id: string;
  name: string;
  waiting: number;
  longestSince: string | null;
  loggedIn: number;
  available: number;
}

export interface BoardHour {
  calls: number;
  answered: number;
  waitingSeconds: number | null;
  handlingSeconds: number | null;
}

export interface BoardFigures extends BoardHour {
  day: string;
  answerRate: number | null;
  /** One for each hour of the day by the clock of the site. */
  hours: BoardHour[];
}

export interface Board {
  at: string;
  stale: boolean;
  staleSince: string | null;
  agents: BoardAgent[];
  calls: BoardCall[];
  queues: BoardQueue[];
  figures: BoardFigures;
}

export interface SupervisionWish {
  extension: string;
  mode: Mode;
  code: string;
  reason?: string;
  /** Which of the supervisor's own phones is to ring. */
  phone?: string;
}

/** The supervisor's own phones: those on a desk, and the one in the browser. */
export interface OwnPhones {
  desks: string[];
  browser: string | null;
}

/** What a browser needs to be a phone; `ha1` stands for the password (RFC 3261, 22.4). */
export interface BrowserPhoneAccount {
  extension: string;
  realm: string;
  ha1: string;
  /** The browser's own, as the server sees it. */
  address: string;
}

export interface SupervisionSession {
  id: string;
  extension: string;
  /** The supervisor's own phone that rings, or listens. */
  phone: string;
  mode: Mode;
  state: 'ringing' | 'running';
  startedAt: string | null;
}

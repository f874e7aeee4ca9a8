/** What the routes on listening answer. */
export interface Listen {
  at: string;
  by: string;
  how: string;
  recording: string;
  code: string;
  reason: string;
}

export interface Listens {
  /** Newest first; the server gives the first 500. */
  listens: Listen[];
  total: number;
}

export interface ListenReport {
  month: string;
  listens: number;
  handedOut: number;
  refused: number;
  byPerson: Record<string, number>;
  byReason: Record<string, number>;
  byExtension: Record<string, number>;
}

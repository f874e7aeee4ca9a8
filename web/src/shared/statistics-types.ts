/** What the statistics answer; see src/statistics/answers.ts. */
export interface Figures {
  calls: number;
  answered: number;
  missed: number;
  answerRate: number | null;
  inTime: number | null;
  waitingSeconds: number | null;
  longestWaitSeconds: number | null;
  handlingSeconds: number | null;
  closed: number;
  outbound: number;
  talks: number;
  recorded: number;
  recordedShare: number | null;
  provenShare: number | null;
  optOuts: number;
  resolvedShare: number | null;
}

export type Kind = 'day' | 'month' | 'weekday' | 'hour' | 'line' | 'queue' | 'client';

export interface StatisticsRow extends Figures {
  key: string;
  name: string;
}

export interface Statistics {
  /** YYYY-MM-DD, both included. */
  from: string;
  to: string;
  by: Kind;
  withinSeconds: number;
  againDays: number;
  totals: Figures;
  rows: StatisticsRow[];
  destruction: { destroyed: number; byReason: Record<string, number>; overdue: number } | null;
}

/** What the routes of scorecards take and answer; see src/scorecards/answers.ts. */
export type Criterion = 'procedure' | 'accuracy' | 'collection' | 'relationship';
/** From 1 to 4; null where it did not come up. */
export type Marks = Record<Criterion, number | null>;

export interface Named {
  id: string;
  name: string;
}

export interface ScorecardWish {
  recording: string;
  agent: string;
  marks: Marks;
  feedback: string;
}

export interface Scorecard extends ScorecardWish {
  id: string;
  agentName: string;
  talkedAt: string;
  madeBy: string;
  madeAt: string;
  seenAt: string | null;
  answer: string;
  expiresAt: string;
  playable: boolean;
}

export interface Trend {
  /** YYYY-MM */
  month: string;
  cards: number;
  mean: number | null;
  byCriterion: Marks;
}

export interface Scorecards {
  /** Newest talk first; the server gives the first 200. */
  cards: Scorecard[];
  total: number;
  trend: Trend[];
}

export interface AllScorecards extends Scorecards {
  agents: Named[];
  teams: Named[];
}

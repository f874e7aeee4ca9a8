/** What the routes on destruction, approvals and holds answer. */

export interface Going {
  id: string;
  goesAt: string;
  dueAt: string;
  heldUntil: string | null;
  purpose: string;
  line: string;
  bytes: number;
}

export interface RetentionPreview {
  at: string;
  suspended: { since: string; wall: string; expected: string } | null;
  /** Only on the first page. */
  days: { day: string; recordings: number; bytes: number }[];
  recordings: Going[];
  next: string | null;
}

export interface Approval {
  id: string;
  kind: string;
  subject: Record<string, unknown>;
  reason: string;
  requestedBy: string;
  expiresAt: string;
  state: 'pending' | 'expired' | 'refused' | 'approved' | 'done' | 'failed';
  outcome?: { says: string; failed: boolean };
}

export interface Hold {
  id: string;
  matter: string;
  reason: string;
  requestedBy: string;
  approvedBy: string;
  endsAt: string;
  releasedAt: string | null;
  recordings: { id: string }[];
  damage: string | null;
  active: boolean;
}

/** What is to be held: named recordings, or all that fit. */
export interface HoldWish {
  recordings?: string[];
  select?: Partial<Record<'client' | 'did' | 'extension' | 'since' | 'before' | 'request', string>>;
  matter: string;
  endsAt: string;
  reason: string;
}

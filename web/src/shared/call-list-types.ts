/** Calls as GET /api/calls lists them. */
export interface ListedCall {
  id: string;
  arrivedAt: string;
  answeredAt: string | null;
  endedAt: string | null;
  direction: string;
  client: string;
  line: { did: string; name: string };
  queue: string;
  outside: { last4: string };
  extension: string;
  waitingSeconds: number | null;
  disposition: string;
  recorded: boolean;
  reason: string | null;
}

export interface CallPage {
  calls: ListedCall[];
  next: string | null;
  searchedTo?: string;
}

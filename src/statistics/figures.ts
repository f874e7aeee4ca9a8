// From sums to figures. Sums of several stretches of time are added; means and shares are made of them at the end.

export interface Sums {
  calls: number;
  answered: number;
  inTime: number;
  waitingMs: number;
  longestMs: number;
  handlingMs: number;
  closed: number;
  outbound: number;
  talks: number;
  recorded: number;
  proven: number;
  optOuts: number;
  known: number;
  again: number;
}

export interface Figures {
  /** Came in while a line was open. */
  calls: number;
  answered: number;
  missed: number;
  /** Shares are from 0 to 1; null when there is nothing to have a share of. */
  answerRate: number | null;
  /** Of those that came in: answered within the time they should be. */
  inTime: number | null;
  /** Means of those answered, and the longest wait. */
  waitingSeconds: number | null;
  longestWaitSeconds: number | null;
  handlingSeconds: number | null;
  /** Came in outside the hours. */
  closed: number;
  outbound: number;
  /** Answered, either way. */
  talks: number;
  recorded: number;
  recordedShare: number | null;
  /** Of those recorded: an announcement was heard to its end. */
  provenShare: number | null;
  optOuts: number;
  /** Of those answered whose number is known, long enough ago: did not call again. */
  resolvedShare: number | null;
}

const NAMES = [
  'calls',
  'answered',
  'inTime',
  'waitingMs',
  'longestMs',
  'handlingMs',
  'closed',
  'outbound',
  'talks',
  'recorded',
  'proven',
  'optOuts',
  'known',
  'again',
] as const satisfies readonly (keyof Sums)[];

/** Sums of no call. */
export function noSums(): Sums {
  return Object.fromEntries(NAMES.map((name) => [name, 0])) as unknown as Sums;
}

/** Adds sums to others. The longest of two waits is the longer one. */
export function add(to: Sums, sums: Sums): void {
  const { longestMs } = to;
  for (const name of NAMES) to[name] += sums[name];
  to.longestMs = Math.max(longestMs, sums.longestMs);
}

const share = (part: number, whole: number) => (whole ? Math.round((part / whole) * 10_000) / 10_000 : null);
const seconds = (milliseconds: number) => Math.round(milliseconds / 100) / 10;

/** What is made of sums. */
export function figuresOf(sums: Sums): Figures {
  const { calls, answered, closed, outbound, talks, recorded, optOuts } = sums;
  const mean = (milliseconds: number) => (answered ? seconds(milliseconds / answered) : null);
  return {
    calls,
    answered,
    missed: calls - answered,
    answerRate: share(answered, calls),
    inTime: share(sums.inTime, calls),
    waitingSeconds: mean(sums.waitingMs),
    longestWaitSeconds: answered ? seconds(sums.longestMs) : null,
    handlingSeconds: mean(sums.handlingMs),
    closed,
    outbound,
    talks,
    recorded,
    recordedShare: share(recorded, talks),
    provenShare: share(sums.proven, recorded),
    optOuts,
    resolvedShare: share(sums.known - sums.again, sums.known),
  };
}

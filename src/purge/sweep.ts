// Destroys everything that is to go. Whoever wakes it (the scheduler, the start of the daemon, an admin) only wakes it:
// what is due is read from the state, so a missed run loses nothing. The order makes every step repeatable:
//
//   permit: not held, not locked → announce: in the audit log → header, and those that a rotation left beside it → body,
//   details → forget: what lives from it → tombstone → folder → who spoke, in the record of its call → row
//
// One page at a time, and no other process meanwhile: two would bury one recording twice, and a hold that is placed in
// the middle has to wait for the page's end or keep what comes after it.
//
// When no header is left nothing opens any more, even with the private key and a copy of the body. The manifest
// stays until the tombstone is on disk, so after a crash the next sweep knows what it was doing.

export interface DueRecording {
  id: string;
  /** UTC day of its folder. */
  day: Date;
  dueAt: string;
  /** When it goes: its day, or the end of a hold when that is later. */
  goesAt: string;
}

const SHREDDED = ['header', 'previous', 'next', 'body', 'details'] as const;
export type ShreddedPart = (typeof SHREDDED)[number];

/** What a sweep needs of the rest of the program. Each step does nothing when it was done before. */
export interface Destruction {
  /** Throws `recording-held` or `recording-locked` when the recording may not go (yet), whatever the index says. */
  permit(recording: DueRecording, at: Date): Promise<void>;
  /** Whether an error of `permit` says that it must stay: that is no failure. */
  isKept(error: unknown): boolean;
  due(now: Date, limit: number, after?: DueRecording): DueRecording[];
  /** Does work while nobody else destroys, or places a hold. */
  alone<T>(work: () => Promise<T>): Promise<T>;
  /** Tells the audit log, durably, what is destroyed next and why. */
  announce(recordings: DueRecording[], reason: string): Promise<void>;
  shred(recording: DueRecording, part: ShreddedPart): Promise<void>;
  /** Destroys what was made of it. */
  forget(recording: DueRecording): Promise<void>;
  bury(recording: DueRecording, at: Date, reason: string): Promise<void>;
  removeFolder(recording: DueRecording): Promise<void>;
  /** Takes from the record of its call who spoke. */
  unname(recording: DueRecording): Promise<void>;
  /** The rows of all of them; when it throws, none of them may be marked. */
  markDestroyed(recordings: DueRecording[], at: Date, reason: string): Promise<void>;
}

export interface Refusal {
  id: string;
  goesAt: string;
  reason: string;
}

export interface SweepReport {
  destroyed: number;
  /** Those that must stay for now. */
  kept: number;
  failures: number;
  /** The first of those that could not be destroyed; all are tried again by the next sweep. */
  failed: Refusal[];
}

export interface SweepOptions {
  reason?: string;
  /** Told of each, as soon as it is gone. */
  destroyed?(id: string): void;
  /** Ends the sweep after what it is at. */
  signal?: AbortSignal;
}

/** One page is announced at once, so it costs one flush of the audit log; whoever else waits, waits for one page. */
const PAGE = 100;
/** So many do each step at about the same time, and share the flushes of the disk and one transaction. */
const AT_ONCE = 50;
const MOST_TOLD = 100;
const REASON = 'retention-over';

/** Walks what would go at that moment, page by page. */
export function* preview(destruction: Pick<Destruction, 'due'>, now: Date): Generator<DueRecording> {
  for (let after: DueRecording | undefined; ; ) {
    const page = destruction.due(now, PAGE, after);
    yield* page;
    after = page.at(-1);
    if (!after) return;
  }
}

/** Destroys everything due at that moment. One recording that cannot be destroyed does not stop the others. */
export async function sweep(
  destruction: Destruction,
  now: Date,
  options: SweepOptions = {},
): Promise<SweepReport> {
  const { signal } = options;
  const report: SweepReport = { destroyed: 0, kept: 0, failures: 0, failed: [] };
  for (let after: DueRecording | undefined; !signal?.aborted; ) {
    const before = after;
    after = await destruction.alone(async () => {
      // Those that stay are still due: the next page begins after them, so that the sweep ends.
      const page = destruction.due(now, PAGE, before);
      await destroyPage(destruction, page, now, options, report);
      return page.at(-1);
    });
    if (!after) break;
  }
  return report;
}

async function destroyPage(
  destruction: Destruction,
  page: DueRecording[],
  now: Date,
  options: SweepOptions,
  report: SweepReport,
): Promise<void> {
  const { reason = REASON, signal } = options;
  const permitted = await allPermitted(destruction, page, now, report);
  await attempt(permitted, report, () => destruction.announce(permitted, reason));
  for (let next = permitted.splice(0, AT_ONCE); next.length > 0; next = permitted.splice(0, AT_ONCE)) {
    if (signal?.aborted) return;
    await destroyTogether(destruction, next, now, options, report);
  }
}

async function allPermitted(
  destruction: Destruction,
  page: DueRecording[],
  now: Date,
  report: SweepReport,
): Promise<DueRecording[]> {
  const permitted: DueRecording[] = [];
  for (const recording of page)
    try {
      await destruction.permit(recording, now);
      permitted.push(recording);
    } catch (error) {
      if (destruction.isKept(error)) report.kept += 1;
      else tell(report, recording, error);
    }
  return permitted;
}

/** Does something for several; when it fails, none of them goes. */
async function attempt(
  recordings: DueRecording[],
  report: SweepReport,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    for (const recording of recordings.splice(0)) tell(report, recording, error);
  }
}

async function destroyTogether(
  destruction: Destruction,
  recordings: DueRecording[],
  now: Date,
  { reason = REASON, destroyed }: SweepOptions,
  report: SweepReport,
): Promise<void> {
  const each = async (steps: (one: DueRecording) => Promise<void>, all: DueRecording[]) => {
    const ends = await Promise.allSettled(all.map(steps));
    for (const [at, end] of ends.entries())
      if (end.status === 'rejected') tell(report, all[at] as DueRecording, end.reason);
    return all.filter((_, at) => ends[at]?.status === 'fulfilled');
  };
  const mark = (some: DueRecording[]) => destruction.markDestroyed(some, now, reason);
  const gone = await each((one) => destroyFiles(destruction, one, now, reason), recordings);
  // One row that cannot be written keeps no other one.
  const marked = await mark(gone).then(
    () => gone,
    () => each((one) => mark([one]), gone),
  );
  report.destroyed += marked.length;
  for (const { id } of marked) destroyed?.(id);
}

async function destroyFiles(destruction: Destruction, recording: DueRecording, now: Date, reason: string) {
  for (const part of SHREDDED) await destruction.shred(recording, part);
  await destruction.forget(recording);
  await destruction.bury(recording, now, reason);
  await destruction.removeFolder(recording);
  await destruction.unname(recording);
}

function tell(report: SweepReport, { id, goesAt }: DueRecording, error: unknown): void {
  report.failures += 1;
  const reason = error instanceof Error ? error.message : String(error);
  if (report.failed.length < MOST_TOLD) report.failed.push({ id, goesAt, reason });
}

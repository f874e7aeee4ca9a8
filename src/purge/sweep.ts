// Destroys everything that is due. Whoever wakes it (the scheduler, the start of the daemon, an admin) only wakes it:
// what is due is read from the state, so a missed run loses nothing. The order makes every step repeatable:
//
//   permit: not held, not locked → header, and those that a rotation left beside it → body, details → tombstone → folder → row
//
// When no header is left nothing opens any more, even with the private key and a copy of the body. The manifest
// stays until the tombstone is on disk, so after a crash the next sweep knows what it was doing.

export interface DueRecording {
  id: string;
  /** UTC day of its folder. */
  day: Date;
  dueAt: string;
}

const SHREDDED = ['header', 'previous', 'next', 'body', 'details'] as const;
export type ShreddedPart = (typeof SHREDDED)[number];

/** What a sweep needs of the rest of the program. Each step does nothing when it was done before. */
export interface Destruction {
  /** Throws `recording-held` or `recording-locked` when the recording may not go (yet), whatever the index says. */
  permit(recording: DueRecording, at: Date, reason: string): Promise<void>;
  due(now: Date, limit: number): DueRecording[];
  shred(recording: DueRecording, part: ShreddedPart): Promise<void>;
  bury(recording: DueRecording, at: Date, reason: string): Promise<void>;
  removeFolder(recording: DueRecording): Promise<void>;
  markDestroyed(recording: DueRecording, at: Date, reason: string): Promise<void>;
}

export interface SweepReport {
  destroyed: string[];
  /** Those that could not be destroyed, with the reason; they are tried again by the next sweep. */
  failed: { id: string; reason: string }[];
}

const BATCH = 500;

/** Lists what a sweep at that moment would destroy. */
export function preview(destruction: Destruction, now: Date): DueRecording[] {
  return destruction.due(now, Number.MAX_SAFE_INTEGER);
}

/** Destroys everything due at that moment. One recording that cannot be destroyed does not stop the others. */
export async function sweep(
  destruction: Destruction,
  now: Date,
  reason = 'retention-over',
): Promise<SweepReport> {
  const report: SweepReport = { destroyed: [], failed: [] };
  for (;;) {
    // Those that failed are still due: they are asked for again and passed over, so that the sweep ends.
    const batch = destruction.due(now, BATCH + report.failed.length);
    const fresh = batch.filter(({ id }) => !report.failed.some((failure) => failure.id === id));
    if (fresh.length === 0) return report;
    for (const recording of fresh) await destroyOne(destruction, recording, now, reason, report);
  }
}

async function destroyOne(
  destruction: Destruction,
  recording: DueRecording,
  now: Date,
  reason: string,
  report: SweepReport,
): Promise<void> {
  try {
    await destruction.permit(recording, now, reason);
    for (const part of SHREDDED) await destruction.shred(recording, part);
    await destruction.bury(recording, now, reason);
    await destruction.removeFolder(recording);
    await destruction.markDestroyed(recording, now, reason);
    report.destroyed.push(recording.id);
  } catch (error) {
    report.failed.push({ id: recording.id, reason: error instanceof Error ? error.message : String(error) });
  }
}

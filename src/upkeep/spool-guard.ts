// The spool is memory, and Asterisk does not say when it is full: it would go on writing to nowhere. So the daemon looks
// after it: before it is full the captures that run are ended, what they hold is kept as truncated, and none is begun
// until there is room again. The calls themselves go on (failures.md: the disk fills at second 30).

import type { Appliance } from '../appliance.ts';
import { reasonOf } from '../shared/errors.ts';
import { segmentsOf } from '../spool/segments.ts';
import type { Steering } from '../steering.ts';

const LEAST_BYTES = 8 << 20;
const LEAST_SHARE = 0.05;

/** What must be left free: more than a hundred captures add in the two seconds between two looks. */
export function floorOf(capacityBytes: number): number {
  return Math.max(LEAST_BYTES, Math.round(capacityBytes * LEAST_SHARE));
}

/** Builds the look at the spool. Returns ids of the calls whose capture it has ended. */
export function createSpoolGuard({ spool, alarms }: Appliance, steering: Pick<Steering, 'truncate'>) {
  return async (): Promise<string[]> => {
    const { bytes, capacityBytes } = await spool.usage();
    const free = capacityBytes - bytes;
    const floor = floorOf(capacityBytes);
    if (free >= 2 * floor) await spool.setFull(false);
    if (free >= floor) return [];
    await spool.setFull(true);
    await alarms.raise('spool.full', 'the spool is almost full: captures are ended, calls go on');
    const running = await capturing(await spool.calls());
    await Promise.all(running.map((id) => steering.truncate(id).catch((error) => unsteered(id, error))));
    return running;
  };

  async function capturing(ids: string[]): Promise<string[]> {
    const sheets = await Promise.all(ids.map((id) => spool.readSheet(id)));
    return sheets.flatMap((sheet) =>
      sheet && segmentsOf(sheet).some(({ endedAt }) => endedAt === null) ? [sheet.id] : [],
    );
  }

  async function unsteered(id: string, error: unknown): Promise<void> {
    await alarms.raise('recording.unsteered', `a capture could not be ended: ${reasonOf(error)}`, id);
  }
}

// A sweep as the daemon and the command line do it: by the time that counts, and not at all while that is in doubt.

import type { Appliance } from './appliance.ts';
import { createDestruction } from './destruction.ts';
import { type SweepOptions, type SweepReport, sweep } from './purge/sweep.ts';

const DAY_MS = 86_400_000;
const NOTHING: SweepReport = { destroyed: 0, kept: 0, failures: 0, failed: [] };

/** Destroys everything that is to go, and raises what a person has to know of it. */
export async function purgeDue(appliance: Appliance, options: SweepOptions = {}): Promise<SweepReport> {
  const { time, alarms, vault } = appliance;
  if (!(await vault.present())) return NOTHING;
  const { at, suspended, back } = await time.now();
  if (back) await alarms.raise('clock.back', 'the clock was set back; what is due is destroyed all the same');
  if (suspended) {
    const jump = `the clock shows ${suspended.wall.slice(0, 16)} and should show ${suspended.expected.slice(0, 16)}`;
    await alarms.raise('clock.jumped', `${jump}: nothing is destroyed until two people confirm it`);
    return NOTHING;
  }
  const report = await sweep(createDestruction(appliance), at, options);
  for (const { id, dueAt, reason } of report.failed) {
    await alarms.raise('purge.failed', `could not be destroyed: ${reason}`, id);
    if (at.getTime() - new Date(dueAt).getTime() > DAY_MS)
      await alarms.raise('purge.overdue', 'should have been destroyed more than a day ago', id);
  }
  return report;
}

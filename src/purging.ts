// A sweep as the daemon and the command line do it: by the time that counts, and not at all while that is in doubt.

import type { Appliance } from './appliance.ts';
import type { Catalogue, GoingRow } from './catalogue/catalogue.ts';
import { createDestruction } from './destruction.ts';
import { attendToHolds } from './hold-alarms.ts';
import { type SweepOptions, type SweepReport, sweep } from './purge/sweep.ts';
import type { Moment } from './time/effective.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const PAGE = 500;
const NOTHING: SweepReport = { destroyed: 0, kept: 0, failures: 0, failed: [] };

/** Destroys everything that is to go, and raises what a person has to know of it. */
export async function purgeDue(appliance: Appliance, options: SweepOptions = {}): Promise<SweepReport> {
  const { time, alarms, vault } = appliance;
  if (!(await vault.present())) return NOTHING;
  await attendToHolds(appliance);
  const { at, suspended } = await time.now();
  if (suspended) {
    await alarms.raise(
      'clock.jumped',
      `${jump(suspended)}: nothing is destroyed until two people confirm it`,
    );
    return NOTHING;
  }
  const report = await sweep(createDestruction(appliance), at, options);
  await sweepScorecards(appliance, at);
  for (const { id, goesAt, reason } of report.failed) {
    await alarms.raise('purge.failed', `could not be destroyed: ${reason}`, id);
    if (at.getTime() - new Date(goesAt).getTime() > DAY_MS)
      await alarms.raise('purge.overdue', 'should have been destroyed more than a day ago', id);
  }
  return report;
}

/** A year after they were made scorecards go, whatever became of the recording (C22). */
async function sweepScorecards({ scorecards, audit }: Pick<Appliance, 'scorecards' | 'audit'>, at: Date) {
  const over = await scorecards.over(at);
  for (const { id, recording, agent } of over) {
    await audit.write({ actor: 'system', action: 'scorecard-destroyed', recording, subject: agent });
    await scorecards.remove(id);
  }
}

/** Walks what would be gone by then, and is held beyond. */
export function* heldBack({ heldBack: page }: Pick<Catalogue, 'heldBack'>, until: Date): Generator<GoingRow> {
  for (let after: GoingRow | undefined; ; ) {
    const rows = page(until.toISOString(), PAGE, after);
    yield* rows;
    after = rows.at(-1);
    if (!after) return;
  }
}

/** In the same words every minute, so that it is one alarm. */
function jump({ since, wall, expected }: NonNullable<Moment['suspended']>): string {
  const hours = Math.round((new Date(wall).getTime() - new Date(expected).getTime()) / HOUR_MS);
  const off = hours > 0 ? `${hours} hours ahead` : `${-hours} hours behind what is on record`;
  return `since ${since.slice(0, 16)} the clock is ${off}`;
}

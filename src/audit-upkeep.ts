// What the daemon does for its own log: a signed root each minute in which it grew, and once a day what is too old goes.

import type { Appliance } from './appliance.ts';
import { reasonOf } from './shared/errors.ts';

/** Takes a checkpoint when the log grew. */
export async function checkpointAudit({ audit, alarms }: Pick<Appliance, 'audit' | 'alarms'>): Promise<void> {
  try {
    await audit.checkpoint();
  } catch (error) {
    await alarms.raise('audit.unavailable', `the audit log has no new checkpoint: ${reasonOf(error)}`);
  }
}

/** Destroys the entries that are older than the site keeps them (C31), unless an incident has frozen the log. */
export async function pruneAudit({ audit, alarms, clock, config, log }: Appliance): Promise<number> {
  if (await audit.frozen()) return 0;
  const before = new Date(clock());
  before.setUTCMonth(before.getUTCMonth() - (config.audit?.retentionMonths ?? LONGEST_MONTHS));
  try {
    const pruned = await audit.prune(before);
    if (pruned) log.info({ entries: pruned }, 'the audit log was pruned');
    return pruned;
  } catch (error) {
    await alarms.raise('audit.unavailable', `the audit log was not pruned: ${reasonOf(error)}`);
    return 0;
  }
}

/** CNIL on logging (2021): six months to a year. */
const LONGEST_MONTHS = 12;

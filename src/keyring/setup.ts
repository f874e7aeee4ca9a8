// What is left to do on a new box before it records, and before it can be left alone.

import type { People } from '../access/people.ts';
import { mayAs } from '../access/roles.ts';
import { listAnnouncements } from '../announcements.ts';
import type { Appliance } from '../appliance.ts';
import { offeredKeys } from '../keys/offered.ts';
import { readRecipients } from '../keys/recovery.ts';

/** How far the first run is. Nothing is recorded while the recovery key is not in force. */
export async function setupState(appliance: Appliance, people: People) {
  const { config, clock, catalogue, settings } = appliance;
  const keys = await readRecipients(config.paths.recoveryKeys, clock());
  const fit = keys.find(({ unfit }) => !unfit);
  const offered = (await offeredKeys(config.state.keys).all()).find(({ group }) => group === null);
  const announcements = await listAnnouncements(appliance);
  const deciders = (await people.list()).filter(
    (one) => one.state === 'active' && mayAs(one, 'approvals:decide'),
  );
  return {
    site: config.site.name,
    recovery: fit ? ('in-force' as const) : offered ? ('waiting' as const) : ('missing' as const),
    fingerprint: fit?.fingerprint ?? offered?.fingerprint ?? null,
    policies: settings.data.policies.length > 0,
    announcements: announcements.some(({ audio }) => audio === 'in order'),
    recorded: catalogue.count(clock().toISOString()).recordings > 0,
    secondPerson: deciders.length >= 2,
  };
}

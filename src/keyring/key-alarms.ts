// What of the keys a person has to mend, early enough to mend it.

import type { Appliance } from '../appliance.ts';
import { labelOf, readPlaces } from '../keys/places.ts';
import { recipientsOf } from '../keys/recipients.ts';
import type { RecipientKey } from '../keys/recovery.ts';
import { reasonOf } from '../shared/errors.ts';
import { drillsOf } from './keys-in-force.ts';

const DAY_MS = 86_400_000;
/** Days before a key expires at which an alarm is raised. */
const WARNINGS = [7, 30, 60];

/** Raises what there is to raise: keys that cannot be used, that expire soon, or that nobody has tried for half a year. */
export async function alarmAboutKeys(appliance: Appliance): Promise<void> {
  const { alarms, clock, config } = appliance;
  const places = await readPlaces(config.paths, clock());
  for (const place of places) {
    const where = place.group === undefined ? '' : `${labelOf(place)}: `;
    for (const key of place.keys) {
      const { file, unfit } = key;
      if (unfit) await alarms.raise('key.unfit', `${where}${file} cannot be a recipient: ${unfit}`);
      const warning = WARNINGS.find((limit) => daysLeft(key, clock()) <= limit);
      if (!unfit && warning)
        await alarms.raise('key.expires', `${where}${file} expires in less than ${warning} days`);
    }
  }
  if (!places[0]?.keys.some(({ unfit }) => !unfit))
    await alarms.raise('recording.no-recipient', 'no recovery key is fit: calls go on, nothing is recorded');
  await alarmAboutGroups(appliance);
  try {
    for (const { fingerprint, label, dueAt, overdue } of await drillsOf(appliance, places))
      if (overdue)
        await alarms.raise(
          'key.drill-overdue',
          `${label} (${fingerprint}): nobody has opened its canary by ${dueAt.slice(0, 10)}`,
        );
  } catch (error) {
    // The drill is a reminder: it never keeps calls from being recorded.
    await alarms.raise('key.no-drill', `the canaries cannot be kept: ${reasonOf(error)}`);
  }
}

/** The state of the keys in a few figures, for the health page. */
export async function keysInBrief(appliance: Appliance) {
  const { clock, config } = appliance;
  const places = await readPlaces(config.paths, clock());
  const fit = places.flatMap(({ keys }) => keys).filter(({ unfit }) => !unfit);
  const drills = await drillsOf(appliance, places).catch(() => []);
  return {
    recordingPossible: places[0]?.keys.some(({ unfit }) => !unfit) ?? false,
    drillsOverdue: drills.filter(({ overdue }) => overdue).length,
    expiring: fit
      .map((key) => ({ file: key.file, days: daysLeft(key, clock()) }))
      .filter(({ days }) => days <= Math.max(...WARNINGS)),
  };
}

function daysLeft({ expires }: RecipientKey, now: Date): number {
  return expires ? Math.ceil((expires.getTime() - now.getTime()) / DAY_MS) : Number.POSITIVE_INFINITY;
}

async function alarmAboutGroups({ alarms, clock, config, settings }: Appliance): Promise<void> {
  const named = { recipients: [...new Set(settings.data.policies.flatMap(({ recipients }) => recipients))] };
  const { without } = await recipientsOf(config.paths, named, clock());
  for (const group of without)
    await alarms.raise(
      'group.no-key',
      `recipient group ${group} has no fit key: it cannot open new recordings`,
    );
}

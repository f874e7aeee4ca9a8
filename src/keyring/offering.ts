// A key that was made in the browser, on its way into force: the daemon checks it, writes down who offers it and lets it
// lie; root checks it again, by its own process, and lays it (decision 0030).

import type { Appliance } from '../appliance.ts';
import { admitKey } from '../keys/import.ts';
import { insistOnEmpty, type Offer, offeredKeys } from '../keys/offered.ts';
import { labelOf, layKey, readPlaces, refuseRetired } from '../keys/places.ts';
import { GreffierError } from '../shared/errors.ts';
import type { AsRoot } from './rotation.ts';

/** Throws `no-such-group` unless the settings name it. */
export function insistOnGroup({ settings }: Pick<Appliance, 'settings'>, id: string) {
  const group = settings.data.recipient_groups.find((one) => one.id === id);
  if (group) return group;
  throw new GreffierError('no-such-group', `no recipient group ${id.slice(0, 64)}`, {
    hint: 'recipient_groups of the settings names them: greffier policies show --yaml',
    status: 404,
  });
}

/**
 * Everything that keeps a key from being offered. Throws `no-such-group`, `unfit-key`, `key-in-force`.
 * @param group null for the recovery key
 */
export async function insistOnOffer(appliance: Appliance, group: string | null, armored: string) {
  const { config, clock } = appliance;
  if (group !== null) insistOnGroup(appliance, group);
  const key = await admitKey(labelOf({ group: group ?? undefined }), Buffer.from(armored), clock());
  const place = (await readPlaces(config.paths, clock())).find((one) => one.group === (group ?? undefined));
  insistOnEmpty(place);
  if (place) refuseRetired(place, key.fingerprint);
  return key;
}

/** Offers a recovery key. Throws as `insistOnOffer`. Returns its fingerprint; root lays it a moment later. */
export async function offerRecovery(appliance: Appliance, by: string, armored: string): Promise<string> {
  const { config, clock, audit } = appliance;
  const key = await insistOnOffer(appliance, null, armored);
  await audit.write({ actor: by, action: 'key-offered', reason: `recovery: ${key.fingerprint}` });
  await offeredKeys(config.state.keys).put({
    group: null,
    fingerprint: key.fingerprint,
    armored: key.armored,
    at: clock().toISOString(),
    by,
  });
  return key.fingerprint;
}

/** What became of one offer. */
export interface Laid {
  of: string;
  fingerprint: string;
  /** Where it lies now, or null. */
  path: string | null;
  /** Why it was refused, or null. */
  refused: string | null;
}

/** Lays every key that was offered, by the same checks as an import; root's part. What is refused is gone, with an alarm. */
export async function layOffered(appliance: Appliance, asRoot: AsRoot): Promise<Laid[]> {
  const store = offeredKeys(appliance.config.state.keys);
  const outcome: Laid[] = [];
  for (const offer of await store.all()) {
    const of = labelOf({ group: offer.group ?? undefined });
    const laid = { of, fingerprint: offer.fingerprint };
    try {
      outcome.push({ ...laid, path: await layOne(appliance, offer, asRoot), refused: null });
    } catch (error) {
      if (!(error instanceof GreffierError)) throw error;
      outcome.push({ ...laid, path: null, refused: error.message });
      await appliance.alarms.raise('key.refused', `${of}: ${error.message}`);
    }
    await store.take(offer);
  }
  return outcome;
}

async function layOne(appliance: Appliance, offer: Offer, asRoot: AsRoot): Promise<string> {
  const { audit, config } = appliance;
  const { fingerprint, armored } = await insistOnOffer(appliance, offer.group, offer.armored);
  const reason = `${labelOf({ group: offer.group ?? undefined })}: ${fingerprint}`;
  await audit.write({ actor: offer.by, action: 'key-import', reason });
  const { recoveryKeys, recipients } = config.paths;
  const folder = offer.group === null ? recoveryKeys : `${recipients}/${offer.group}`;
  return asRoot(() => layKey(folder, fingerprint, armored));
}

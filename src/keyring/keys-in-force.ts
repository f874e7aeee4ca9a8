// All keys of the appliance, as the web and the command line show them.

import type { Appliance } from '../appliance.ts';
import { canaries, type Drill, drillOf, wrongCode } from '../keys/drill.ts';
import { findKey, labelOf, type Place, readPlaces } from '../keys/places.ts';
import type { RecipientKey } from '../keys/recovery.ts';
import { GreffierError } from '../shared/errors.ts';
import { rotationStatus } from './rotation.ts';

/** A recipient key, with how many recordings it opens. */
export interface ShownKey {
  file: string;
  fingerprint: string;
  user: string;
  expires: string | null;
  unfit: string | null;
  recordings: number;
}

/** Everything that is known of keys; retired ones as long as they open something. */
export async function keysOverview(appliance: Appliance) {
  const { config, clock, catalogue, settings, signer } = appliance;
  const places = await readPlaces(config.paths, clock());
  const shown = ({ keys, retired }: Place): ShownKey[] =>
    [...keys, ...retired]
      .map((key) => ({
        file: key.file,
        fingerprint: key.fingerprint,
        user: key.user,
        expires: key.expires?.toISOString() ?? null,
        unfit: key.unfit ?? null,
        recordings: catalogue.sealedTo.count(key.keyIds),
      }))
      .filter(({ file, recordings }) => file.endsWith('.asc') || recordings > 0);
  const [recovery, ...groups] = places;
  const rotation = await rotationStatus(appliance);
  return {
    recovery: recovery ? shown(recovery) : [],
    groups: groups.map((place) => ({
      group: place.group ?? '',
      name: settings.data.recipient_groups.find(({ id }) => id === place.group)?.name ?? place.group ?? '',
      keys: shown(place),
    })),
    signing: { fingerprint: signer.fingerprint },
    drills: await drillsOf(appliance, places),
    rotation: rotation?.endedAt === null ? rotation : null,
  };
}

/** The drill of each fit key; a canary is made where there is none. */
export async function drillsOf({ config, clock }: Appliance, places: Place[]): Promise<Drill[]> {
  const labels = new Map<RecipientKey, string>();
  const keys = new Map<string, RecipientKey>();
  for (const place of places)
    for (const key of place.keys) {
      if (key.unfit || keys.has(key.fingerprint)) continue;
      keys.set(key.fingerprint, key);
      labels.set(key, labelOf(place));
    }
  const store = canaries(config.state.keys);
  return Promise.all(
    [...keys.values()].map(async (key) =>
      drillOf(await store.of(key, clock()), `${labels.get(key)}: ${key.user}`, clock()),
    ),
  );
}

/** The armored canary of a key in force. Throws `no-such-key`. */
export async function canaryMessage(appliance: Appliance, fingerprint: string): Promise<string> {
  const { config, clock } = appliance;
  const { key } = findKey(await readPlaces(config.paths, clock()), fingerprint);
  if (key.unfit)
    throw new GreffierError('unfit-key', `${fingerprint} has no canary: ${key.unfit}`, { status: 400 });
  return (await canaries(config.state.keys).of(key, clock())).message;
}

/** Notes that a canary was opened. Throws `no-such-key`, `wrong-code`; both are in the audit log. */
export async function confirmCanary(
  appliance: Appliance,
  by: string,
  fingerprint: string,
  code: string,
): Promise<void> {
  const { config, clock, audit } = appliance;
  const { key } = findKey(await readPlaces(config.paths, clock()), fingerprint);
  const store = canaries(config.state.keys);
  const right = !key.unfit && (await store.holds(key.fingerprint, code));
  await audit.write({
    actor: by,
    action: right ? 'key-drill' : 'key-drill-refused',
    reason: key.fingerprint,
  });
  if (!right) throw wrongCode(key.fingerprint);
  await store.opened(key, clock());
}

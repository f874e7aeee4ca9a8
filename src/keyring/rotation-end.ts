// The two ends of a rotation. Both go on where a kill stopped them, and neither can be turned into the other.

import type { Appliance } from '../appliance.ts';
import { keyIdsIn } from '../catalogue-rows.ts';
import { findKey, readPlaces, retireKey, takeKey } from '../keys/places.ts';
import { isOpen, type Rotation, type RotationState, rotations } from '../keys/rotation-file.ts';
import { GreffierError } from '../shared/errors.ts';
import { type AsRoot, obstacleTo } from './rotation.ts';
import { dropPackets, insistOnVault, refuseStale } from './rotation-headers.ts';

/**
 * Lets the old key go: it is retired, and every header that it opened is destroyed. Throws `no-rotation`, and
 * `rotation-not-done` with what is left.
 */
export async function complete(appliance: Appliance, by: string, asRoot: AsRoot): Promise<Rotation> {
  const { config, clock, vault } = appliance;
  const store = rotations(config.state.keys);
  return store.exclusively(async () => {
    await insistOnVault(vault);
    const before = await store.open();
    const obstacle = before.state === 'running' ? await obstacleTo(appliance, before) : undefined;
    if (obstacle) {
      throw new GreffierError('rotation-not-done', `the old key cannot go: ${obstacle}`, {
        hint: 'greffier keys status shows what is left, greffier keys drill the canaries',
        status: 409,
      });
    }
    const rotation = await turn(appliance, before, 'completing', by);
    const { key, places } = findKey(await readPlaces(config.paths, clock()), rotation.from);
    for (const place of places) await asRoot(() => retireKey(place, key));
    await dropPackets(appliance, rotation.fromKeyIds, rotation.toKeyIds);
    for await (const { id, day } of vault.recordings()) await vault.headers.forgetPrevious(id, day);
    await store.remember(rotation);
    return store.write({ ...rotation, state: 'completed', endedAt: clock().toISOString() });
  });
}

/** Undoes a rotation: every header is the one it was, and the new key opens nothing that it was brought to open. */
export async function rollback(appliance: Appliance, by: string, asRoot: AsRoot): Promise<Rotation> {
  const { config, clock, vault, catalogue } = appliance;
  const store = rotations(config.state.keys);
  return store.exclusively(async () => {
    await insistOnVault(vault);
    refuseStale(catalogue);
    const rotation = await turn(appliance, await store.open(), 'rolling-back', by);
    for (const place of await readPlaces(config.paths, clock()))
      if (rotation.laid.includes(place.folder)) await asRoot(() => takeKey(place, rotation.to));
    for await (const { id, day } of vault.recordings()) {
      const restored = await vault.headers.restore(id, day);
      const listed = catalogue.sealedTo.of(id).some((keyId) => rotation.toKeyIds.includes(keyId));
      if (!restored && !listed) continue;
      const header = await vault.read(id, day, 'header');
      if (header) catalogue.sealedTo.put(id, keyIdsIn(header));
    }
    if (rotation.laid.length > 0) await dropPackets(appliance, rotation.toKeyIds, rotation.fromKeyIds);
    return store.write({ ...rotation, state: 'rolled-back', endedAt: clock().toISOString() });
  });
}

/**
 * Takes the packet of a retired key out of recordings that were being sealed to both keys when their rotation ended.
 * Returns of how many. Nothing is done while another rotation is under way.
 */
export async function tidyRetired(appliance: Appliance): Promise<number> {
  const store = rotations(appliance.config.state.keys);
  const completed = await store.completed();
  if (completed.length === 0 || appliance.catalogue.stale) return 0;
  return store.exclusively(async () => {
    await insistOnVault(appliance.vault);
    if (isOpen(await store.last())) return 0;
    const places = await readPlaces(appliance.config.paths, appliance.clock());
    const inForce = places.flatMap(({ keys }) =>
      keys.filter(({ unfit }) => !unfit).flatMap(({ keyIds }) => keyIds),
    );
    let count = 0;
    // A key that somebody has brought back after all is no retired one.
    const gone = completed.filter(({ fromKeyIds }) => !fromKeyIds.some((id) => inForce.includes(id)));
    for (const { fromKeyIds, toKeyIds } of gone) count += await dropPackets(appliance, fromKeyIds, toKeyIds);
    return count;
  });
}

/** Notes which way the rotation ends, in the audit log first. Throws `rotation-ending` when it ends the other way. */
async function turn(
  { config, audit }: Appliance,
  rotation: Rotation,
  state: RotationState & ('completing' | 'rolling-back'),
  by: string,
): Promise<Rotation> {
  if (rotation.state === state) return rotation;
  if (rotation.state !== 'running') {
    throw new GreffierError('rotation-ending', `the rotation to ${rotation.to} is ${rotation.state}`, {
      hint: 'end it in the way that was begun',
      status: 409,
    });
  }
  const action = state === 'completing' ? 'keys-complete' : 'keys-rollback';
  await audit.write({ actor: by, action, reason: `${rotation.from} → ${rotation.to}` });
  return rotations(config.state.keys).write({ ...rotation, state });
}

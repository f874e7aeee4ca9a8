// A rotation: one key takes the place of another, and every header is rewrapped for it by whoever holds the old one.
//
//   rotate → (pack → greffier-offline or the browser → rewrapped)* → complete       or rollback
//
// Each step may be killed anywhere and done again: what was done is seen by the files. New recordings are sealed to
// both keys from the first step on until the last, so there is no moment at which the holder of either has nothing.

import { randomUUID } from 'node:crypto';
import type { Appliance } from '../appliance.ts';
import { keyIdsIn } from '../catalogue-rows.ts';
import { canaries } from '../keys/drill.ts';
import { type AdmittedKey, admitKey } from '../keys/import.ts';
import { findKey, layKey, readPlaces, refuseRetired } from '../keys/places.ts';
import { isOpen, type Rotation, rotations } from '../keys/rotation-file.ts';
import type { PackedHeader } from '../offline/pack.ts';
import { GreffierError } from '../shared/errors.ts';
import { allHeadersLeft, insistOnVault, progressOf, refuseStale, takeHeader } from './rotation-headers.ts';

/** Does something with the rights of root, who owns the keys. */
export type AsRoot = <T>(work: () => Promise<T>) => Promise<T>;

export interface Taken {
  accepted: number;
  refused: { id: string; reason: string }[];
}

/** Begins a rotation, or goes on with the same one. Throws `no-such-key`, `unfit-key`, `rotation-running`. */
export async function rotate(
  appliance: Appliance,
  by: string,
  { from, name, content }: { from: string; name: string; content: Uint8Array },
  asRoot: AsRoot,
): Promise<Rotation> {
  const { config, clock, audit } = appliance;
  const store = rotations(config.state.keys);
  const to = await admitKey(name, content, clock());
  refuseStale(appliance.catalogue);
  return store.exclusively(async () => {
    const { key, places } = findKey(await readPlaces(config.paths, clock()), from);
    if (key.fingerprint === to.fingerprint)
      throw new GreffierError('same-key', `${to.fingerprint} is the key that is to go`);
    for (const place of places) refuseRetired(place, to.fingerprint);
    await audit.write({ actor: by, action: 'keys-rotate', reason: `${key.fingerprint} → ${to.fingerprint}` });
    const lacking = places.filter(
      ({ keys }) => !keys.some(({ fingerprint }) => fingerprint === to.fingerprint),
    );
    const rotation =
      same(await store.last(), key.fingerprint, to) ??
      (await store.write({
        id: randomUUID(),
        from: key.fingerprint,
        to: to.fingerprint,
        fromArmored: key.armored,
        toArmored: to.armored,
        fromKeyIds: key.keyIds,
        toKeyIds: to.keyIds,
        startedAt: clock().toISOString(),
        endedAt: null,
        laid: lacking.map(({ folder }) => folder),
        state: 'running',
      }));
    for (const { folder } of lacking) await asRoot(() => layKey(folder, to.fingerprint, to.armored));
    const laid = findKey(await readPlaces(config.paths, clock()), to.fingerprint);
    await canaries(config.state.keys).of(laid.key, clock());
    return rotation;
  });
}

/** The rotation under way when it is this one, undefined when there is none. Throws when it is another. */
function same(last: Rotation | undefined, from: string, to: AdmittedKey): Rotation | undefined {
  if (!isOpen(last)) return undefined;
  if (last.from === from && last.to === to.fingerprint && last.state === 'running') return last;
  throw new GreffierError(
    'rotation-running',
    `the rotation from ${last.from} to ${last.to} is ${last.state}`,
    {
      hint: 'greffier keys complete or greffier keys rollback ends it',
      status: 409,
    },
  );
}

/** Takes rewrapped headers back. Throws `no-rotation`, `wrong-rotation`; of single headers it says why not. */
export async function takeHeaders(
  appliance: Appliance,
  by: string,
  headers: Iterable<PackedHeader> | AsyncIterable<PackedHeader>,
  id?: string,
): Promise<Taken> {
  const store = rotations(appliance.config.state.keys);
  return store.exclusively(async () => {
    const rotation = await store.open();
    if (rotation.state !== 'running' || (id !== undefined && id !== rotation.id))
      throw new GreffierError('wrong-rotation', `no header is taken back for rotation ${id ?? rotation.id}`, {
        hint: `the one under way is ${rotation.id}, and it is ${rotation.state}`,
        status: 409,
      });
    await insistOnVault(appliance.vault);
    await appliance.audit.write({ actor: by, action: 'keys-rewrapped', reason: `rotation ${rotation.id}` });
    const taken: Taken = { accepted: 0, refused: [] };
    for await (const header of headers) {
      const reason = await takeHeader(appliance, rotation, header);
      if (reason) taken.refused.push({ id: header.id, reason });
      else taken.accepted += 1;
    }
    return taken;
  });
}

/** How far the rotation under way, or the last one, is; null when there never was one. */
export async function rotationStatus(appliance: Appliance) {
  const last = await rotations(appliance.config.state.keys).last();
  if (!last) return null;
  const { id, from, to, startedAt, endedAt, state } = last;
  const obstacle = isOpen(last) ? ((await obstacleTo(appliance, last)) ?? null) : null;
  return { id, from, to, startedAt, endedAt, state, ...progressOf(appliance, last), obstacle };
}

/** What stands in the way of letting the old key go; undefined when nothing does. */
export async function obstacleTo(appliance: Appliance, rotation: Rotation): Promise<string | undefined> {
  const { config, clock } = appliance;
  const places = await readPlaces(config.paths, clock());
  for (const { folder } of findKey(places, rotation.from).places) {
    const key = places
      .find((place) => place.folder === folder)
      ?.keys.find(({ fingerprint }) => fingerprint === rotation.to);
    if (!key) return `the new key does not lie in ${folder}: give greffier keys rotate once more`;
    if (key.unfit) return `the new key cannot be a recipient: ${key.unfit}`;
  }
  refuseStale(appliance.catalogue);
  if (!(await allHeadersLeft(appliance, rotation).next()).done)
    return `${progressOf(appliance, rotation).left} recordings are sealed to the old key and not to the new one`;
  const calls = await callsInProgress(appliance, rotation);
  if (calls > 0) return `${calls} calls in progress are being sealed to the old key and not to the new one`;
  if ((await canaries(config.state.keys).read(rotation.to))?.lastOpenedAt) return undefined;
  return `the canary of the new key ${rotation.to} was not opened yet`;
}

/** Those began before the rotation did. */
async function callsInProgress({ vault }: Appliance, { fromKeyIds, toKeyIds }: Rotation): Promise<number> {
  let count = 0;
  for await (const { header } of vault.headers.incoming()) {
    const ids = keyIdsIn(header);
    if (ids.some((id) => fromKeyIds.includes(id)) && !ids.some((id) => toKeyIds.includes(id))) count += 1;
  }
  return count;
}

// A vault with as many whole recordings as a test needs: one is sealed, the others are copies of it under ids, manifests
// and signatures of their own.

import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Test } from 'tap';
import { openAlarms } from '../../../src/alarms/alarms.ts';
import type { Appliance } from '../../../src/appliance.ts';
import { callRow, recordingRow } from '../../../src/catalogue-rows.ts';
import { dayOf, type Manifest } from '../../../src/sealing/manifest.ts';
import { canonicalBytes } from '../../../src/shared/canonical.ts';
import { createLogger } from '../../../src/shared/logger.ts';
import { recordOf } from './calls.ts';
import { keepSealed } from './evidence.ts';
import { noise } from './recording.ts';
import { openStore, type Store } from './store.ts';
import { type MadeKey, RECORDED_CALL } from './world.ts';

export type CheckedStore = Store & Appliance;

/** A store with everything that a check of the vault works on. */
export async function openCheckedStore(t: Test): Promise<CheckedStore> {
  const store = await openStore(t);
  const state = { vault: join(store.root, 'vault'), checks: join(store.root, 'checks') };
  return {
    ...store,
    config: { ...store.config, state },
    alarms: await openAlarms(join(store.root, 'alarms'), store.clock, createLogger('silent')),
  } as unknown as CheckedStore;
}

/** Puts so many good recordings into the vault, each with its call's record and its rows. Returns their ids, in order. */
export async function fillVault(
  t: Test,
  store: CheckedStore,
  key: MadeKey,
  count: number,
): Promise<string[]> {
  const { vault, catalogue, signer } = store;
  const first = await keepSealed(t, store, [key.armoredPublic], { audio: noise(200) });
  await putRecord(store, first.manifest);
  const day = dayOf(first.manifest);
  const parts = await Promise.all(
    (['header', 'body', 'details'] as const).map((part) => vault.read(first.id, day, part)),
  );
  const ids = [first.id];
  catalogue.filling();
  while (ids.length < count) {
    const id = randomUUID() as string;
    const arrived = `2026-05-${String(1 + (ids.length % 28)).padStart(2, '0')}`;
    const manifest = { ...first.manifest, id, arrivedAt: `${arrived}T08:15:00.123Z` };
    const folder = join(store.root, 'vault', ...arrived.split('-'), id);
    await mkdir(folder, { recursive: true });
    const bytes = canonicalBytes(manifest);
    for (const [at, name] of ['header.pgp', 'body.pgp', 'details.pgp'].entries())
      await writeFile(join(folder, name), parts[at] ?? '');
    await writeFile(join(folder, 'manifest.json'), bytes);
    await writeFile(join(folder, 'manifest.json.asc'), await signer.sign(bytes));
    catalogue.putRecording(recordingRow(manifest));
    await putRecord(store, manifest);
    ids.push(id);
  }
  await catalogue.filled();
  return ids.sort();
}

async function putRecord({ root, catalogue }: CheckedStore, { id, arrivedAt }: Manifest): Promise<void> {
  const record = { ...recordOf(id, ...RECORDED_CALL), arrivedAt };
  const folder = join(root, 'vault', 'calls', ...arrivedAt.slice(0, 10).split('-'));
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${id}.json`), canonicalBytes(record));
  catalogue.putCall(callRow(record));
}

/** Folder of a recording, wherever its day is. */
export async function placeOf({ root, catalogue }: CheckedStore, id: string): Promise<string> {
  const day = catalogue.recording(id)?.day.slice(0, 10) ?? '';
  return join(root, 'vault', ...day.split('-'), id);
}

// A hold against every path on which something is deleted, besides the sweep and the order of two people (C24).

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'tap';
import type { Appliance } from '../../src/appliance.ts';
import { openCatalogue } from '../../src/catalogue/catalogue.ts';
import { rebuildCatalogue } from '../../src/catalogue-rows.ts';
import { createDestruction } from '../../src/destruction.ts';
import { noteHolds } from '../../src/legal-holds.ts';
import { insistOnRoom } from '../../src/upkeep/vault-room.ts';
import { DAY_MS, holdFor, inDays, openHeld } from './support/held.ts';
import { capture, DAY, isClosed, lookUntil, openPath, spooled, writeSheet } from './support/path.ts';
import { noise } from './support/recording.ts';
import { keep, type Store, swept, unreadable } from './support/store.ts';
import { CALL, codeOf, makeKey, RECORDED_CALL, without } from './support/world.ts';

const FOLDER = new Date('2026-05-22T00:00:00Z');

const files = async ({ root }: Store, folder: string) => (await readdir(join(root, folder))).sort();

/** An index that was lost and made anew. */
async function rebuilt(t: Parameters<typeof openHeld>[0], store: Store) {
  const catalogue = await openCatalogue(join(store.root, 'made-anew'));
  t.teardown(() => catalogue.close());
  await rebuildCatalogue(store.vault, catalogue, unreadable);
  const appliance = { ...store, catalogue } as unknown as Appliance;
  await noteHolds(appliance);
  return { catalogue, destruction: createDestruction(appliance) };
}

test('a tombstone that comes from elsewhere, a restore say, destroys nothing that is held', async (t) => {
  const { store, recording, hold } = await openHeld(t, { dueAt: '2027-05-22T08:00:00.000Z' });
  const before = await files(store, recording.folder);
  const { arrivedAt, dueAt, purpose, line } = recording.manifest;
  const when = { arrivedAt, dueAt, destroyedAt: '2026-11-01T00:00:00.000Z' };
  const grave = { id: recording.id, line: line.did, purpose, reason: 'objection', ...when };
  await store.vault.buryTombstone(recording.id, FOLDER, JSON.stringify(grave), 'its signature');
  const { catalogue, destruction } = await rebuilt(t, store);
  t.match(catalogue.recording(recording.id), { state: 'sealed', held_until: hold.endsAt });
  t.same(await swept(destruction, store.clock()), { destroyed: [], failed: [] });
  catalogue.hold(recording.id, null);
  t.same((await swept(destruction, store.clock())).destroyed, [], 'nor when the index knows of no hold');
  t.same(await files(store, recording.folder), before);
});

test('an index that lost the rows, or was lost, lets nothing go; it comes back as it was', async (t) => {
  const { store, recording } = await openHeld(t);
  const row = store.catalogue.recording(recording.id);
  store.catalogue.remove({ recordings: [recording.id], calls: [] });
  t.same(await swept(store.destruction(), store.clock()), { destroyed: [], failed: [] });
  const { catalogue, destruction } = await rebuilt(t, store);
  t.same(catalogue.recording(recording.id), row);
  t.same(await swept(destruction, store.clock()), { destroyed: [], failed: [] });
  store.clock.move(100 * DAY_MS);
  t.same((await swept(destruction, store.clock())).destroyed, [recording.id], 'and at its end it goes');
});

test('a rotation that is completed destroys former headers, and no recording', async (t) => {
  const { store, recording } = await openHeld(t);
  await store.vault.headers.replace(recording.id, FOLDER, Buffer.from('another header'));
  t.ok(await store.vault.headers.forgetPrevious(recording.id, FOLDER));
  t.equal(`${await store.vault.read(recording.id, FOLDER, 'header')}`, 'another header');
  t.same(await swept(store.destruction(), store.clock()), { destroyed: [], failed: [] });
});

test('a disk that is full takes no more recordings, and gives none of those that are held', async (t) => {
  const { store, recording } = await openHeld(t);
  const before = await files(store, recording.folder);
  const full = { ...store.vault, freeBytes: async () => 0 };
  t.equal(await codeOf(() => insistOnRoom(full, 1)), 'vault-full');
  t.same(await swept(store.destruction(full), store.clock()), { destroyed: [], failed: [] });
  t.same(await files(store, recording.folder), before);
});

test('an objection that comes when the recording is in the vault already takes what is captured, not what is held', async (t) => {
  const path = await openPath(t, await makeKey());
  await writeSheet(path, ...RECORDED_CALL);
  await capture(path, noise(8_000));
  await path.path.look();
  await lookUntil(path, 'it is closed', () => isClosed(path));
  await holdFor(path as unknown as Store, [CALL], 10);
  const late = without('recording.stop', 'call.end');
  await writeSheet(path, ...late, 'recording.destroyed reason=objection extension=201', 'call.end cause=16');
  await capture(path, noise(8_000));
  await lookUntil(path, 'the spool is clear', async () => (await spooled(path)).length === 0);
  t.ok(await path.vault.read(CALL, DAY, 'header'));
  t.equal(path.catalogue.recording(CALL)?.held_until, inDays(path as unknown as Store, 10));
});

test('what is being destroyed already cannot be held', async (t) => {
  const { store } = await openHeld(t);
  const { id } = await keep(store, '2027-05-22T08:00:00.000Z');
  await store.vault.shred(id, FOLDER, 'header');
  t.equal(await codeOf(() => holdFor(store, [id], 10)), 'recording-destroyed');
});

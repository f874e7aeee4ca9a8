// The catalogue is throw-away (promise 9): deleted, and made again to the last row and the last column.

import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'tap';
import { openCatalogue } from '../../src/catalogue/catalogue.ts';
import { rebuildCatalogue, recordingRow } from '../../src/catalogue-rows.ts';
import { catalogueCommands } from '../../src/cli/catalogue.ts';
import { createDestruction } from '../../src/destruction.ts';
import { destroyEarly } from '../../src/early-destruction.ts';
import type { Manifest } from '../../src/sealing/manifest.ts';
import { canonicalBytes } from '../../src/shared/canonical.ts';
import { run } from './support/cli.ts';
import { isThere, keep, keepCall, swept, unreadable, watched } from './support/store.ts';
import { type CheckedStore, openCheckedStore } from './support/vault.ts';
import { instead, RECORDED_CALL, without } from './support/world.ts';

type T = Parameters<typeof openCheckedStore>[0];
const [DUE, LATER] = ['2026-11-22T08:00:00.000Z', '2027-11-22T08:00:00.000Z'];
const id = (digit: number) => `${digit}f2b8c1e-5a64-4c0e-9d7a-0123456789ab`;

/** Every row of both tables, read beside the program. */
function rowsIn(folder: string) {
  const db = new DatabaseSync(join(folder, 'catalogue.db'), { readOnly: true });
  const rows = ['recordings', 'calls'].map((table) => db.prepare(`SELECT * FROM ${table} ORDER BY id`).all());
  db.close();
  return rows.map((some) => some.map((row) => ({ ...row })));
}

/** A recording in that state, with its call. */
async function keepAs(
  store: CheckedStore,
  state: Manifest['state'],
  call: string,
  dueAt = LATER,
): Promise<void> {
  const { manifest, folder } = await keep(store, dueAt, call);
  const bytes = canonicalBytes({ ...manifest, state });
  await writeFile(join(store.root, folder, 'manifest.json'), bytes);
  store.catalogue.putRecording(recordingRow({ ...manifest, state }));
  await keepCall(store, call, ...RECORDED_CALL);
}

/** Calls of every kind: recorded in each state, destroyed on time and before, and not recorded. */
async function everyKind(t: T): Promise<CheckedStore> {
  const store = await openCheckedStore(t);
  await keepAs(store, 'sealed', id(0));
  await keepAs(store, 'interrupted', id(1));
  await keepAs(store, 'truncated', id(2));
  await keepAs(store, 'sealed', id(3), DUE);
  await keepAs(store, 'truncated', id(4));
  await keepCall(store, id(5), ...instead('consent', 'consent choice=refused'));
  await keepCall(store, id(6), ...without('answer', 'recording.start', 'recording.stop', 'call.end'));
  t.same((await swept(store.destruction(), store.clock())).destroyed, [id(3)]);
  store.clock.move(1_000);
  await destroyEarly(store, id(4), 'objection');
  return store;
}

/** Deletes the catalogue and fills a new one in its place. */
async function lose(t: T, store: CheckedStore): Promise<CheckedStore> {
  const folder = join(store.root, 'catalogue');
  await rm(folder, { recursive: true });
  const catalogue = await openCatalogue(folder);
  t.teardown(() => catalogue.close());
  return { ...store, catalogue };
}

test('a catalogue that was deleted is made again to the last row', async (t) => {
  const store = await everyKind(t);
  const folder = join(store.root, 'catalogue');
  const before = rowsIn(folder);
  t.same(
    before[0]?.map(({ state }) => state),
    ['sealed', 'interrupted', 'truncated', 'destroyed', 'destroyed'],
  );
  t.same(
    before[1]?.map(({ recorded }) => recorded),
    [1, 1, 1, 1, 1, 1, 1],
  );
  const fresh = await lose(t, store);
  t.same(rowsIn(folder), [[], []]);
  const { out, status } = await run(t, catalogueCommands, fresh, 'catalogue', 'rebuild');
  t.match([out, status], ['5 recordings from the vault\n', 0]);
  t.same(rowsIn(folder), before);
  t.equal(fresh.catalogue.stale, false);
});

test('a destruction that was cut short with its folder left is ended, though it was before its day', async (t) => {
  const store = await openCheckedStore(t);
  await keepAs(store, 'sealed', id(0));
  const cut = watched(store.destruction(), (step) => {
    if (step === 'folder') throw new Error('cut');
  });
  const one = { id: id(0), day: new Date('2026-05-22T00:00:00Z'), dueAt: LATER, goesAt: LATER };
  const due = [[one], []];
  cut.due = () => due.shift() ?? [];
  t.equal((await swept(cut, store.clock(), 'objection')).failed.length, 1);
  const fresh = await lose(t, store);
  t.equal(await rebuildCatalogue(fresh.vault, fresh.catalogue, unreadable), 1);
  t.match(fresh.catalogue.recording(id(0)), { state: 'sealed', due_at: DUE }, 'due since it was to go');
  store.clock.move(60_000);
  t.same((await swept(createDestruction(fresh), store.clock())).destroyed, [id(0)]);
  t.notOk(await isThere(join(store.root, 'vault', '2026', '05', '22', id(0))));
  const after = rowsIn(join(store.root, 'catalogue'));
  t.match(after[0], [
    { state: 'destroyed', due_at: LATER, destroyed_at: DUE, destroyed_reason: 'objection' },
  ]);
  t.equal((await store.audit.entries()).at(-1)?.reason, 'objection', 'the reason is that of the tombstone');
  const again = await lose(t, fresh);
  await rebuildCatalogue(again.vault, again.catalogue, unreadable);
  t.same(rowsIn(join(store.root, 'catalogue')), after, 'and it is made again to the same row');
});

test('what cannot be read is reported, each by its id, and stops nothing', async (t) => {
  const store = await everyKind(t);
  const vault = join(store.root, 'vault');
  const before = rowsIn(join(store.root, 'catalogue'));
  await writeFile(join(vault, '2026/05/22', id(0), 'manifest.json'), '{"format":"greffier-manifest-1"}');
  await rm(join(vault, '2026/05/22', id(1), 'manifest.json'));
  await mkdir(join(vault, '2026/05/22', id(1), 'manifest.json'));
  await writeFile(join(vault, 'tombstones/2026/05', `${id(3)}.json`), 'no JSON');
  await writeFile(join(vault, 'calls/2026/05/22', `${id(5)}.json`), '{}');
  const fresh = await lose(t, store);
  const { out, err, status } = await run(t, catalogueCommands, fresh, 'catalogue', 'rebuild');
  t.equal(status, 1);
  for (const bad of [0, 1, 3, 5]) t.match(err, `greffier: ${id(bad)}: `);
  t.match(err, 'greffier: 4 files could not be read');
  t.match(out, '4 recordings from the vault');
  const [recordings = [], calls = []] = before;
  t.same(rowsIn(join(store.root, 'catalogue')), [
    recordings.filter(({ id: one }) => ![id(0), id(1), id(3)].includes(String(one))),
    calls.filter(({ id: one }) => one !== id(5)),
  ]);
});

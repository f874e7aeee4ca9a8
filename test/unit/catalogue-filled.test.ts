// The index is filled without most of its own indexes, which are made in the end: whenever that ends, they are all there.

import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { type Test, test } from 'tap';
import { type Catalogue, openCatalogue } from '../../src/catalogue/catalogue.ts';
import { callRow } from '../../src/catalogue-rows.ts';
import { recordOf } from './support/calls.ts';
import { rowAt } from './support/searched.ts';
import { ownFolder, RECORDED_CALL } from './support/world.ts';

const ALL = 18;

async function opened(t: Test, folder: string): Promise<Catalogue> {
  const catalogue = await openCatalogue(folder);
  t.teardown(() => catalogue.close());
  return catalogue;
}

/** How many indexes there are that the schema names. */
function indexesIn(folder: string): number {
  const db = new DatabaseSync(join(folder, 'catalogue.db'), { readOnly: true });
  const { count } =
    db
      .prepare("SELECT count(*) AS count FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
      .get() ?? {};
  db.close();
  return Number(count);
}

/** Calls without a recording are enough of them. */
function manyCalls(catalogue: Catalogue, count: number): void {
  const call = callRow(recordOf('3f2b8c1e-5a64-4c0e-9d7a-0123456789ab', ...RECORDED_CALL));
  const id = (at: number) => `${at.toString(16).padStart(8, '0')}-5a64-4c0e-9d7a-0123456789ab`;
  catalogue.putCalls(Array.from({ length: count }, (_, at) => ({ ...call, id: id(at) })));
}

for (const [size, count] of [
  ['few rows', 9],
  ['so many rows that another thread makes them', 5_001],
] as const)
  test(`an index of ${size} that was filled has every one of its indexes`, async (t) => {
    const folder = await ownFolder(t);
    const catalogue = await opened(t, folder);
    catalogue.filling();
    manyCalls(catalogue, count);
    t.ok(indexesIn(folder) < ALL, 'not before');
    await catalogue.filled();
    t.match([indexesIn(folder), catalogue.stale], [ALL, false]);
  });

test('every row that comes while the indexes are made is in them', async (t) => {
  const folder = await ownFolder(t);
  const catalogue = await opened(t, folder);
  catalogue.filling();
  manyCalls(catalogue, 5_001);
  let [ended, rows] = [false, 0];
  const ending = catalogue.filled().then(() => {
    ended = true;
  });
  for (; !ended; rows += 1) {
    catalogue.putRecording(rowAt(rows));
    await setImmediate();
  }
  await ending;
  t.ok(rows > 1, `${rows} rows came`);
  const { fingerprint: party } = rowAt(0);
  const found = catalogue.search.page({ party }, 'newest', rows).rows;
  t.ok(found.some(({ id }) => id === rowAt(0).id));
  const db = new DatabaseSync(join(folder, 'catalogue.db'), { readOnly: true });
  t.teardown(() => db.close());
  t.match(db.prepare('PRAGMA integrity_check').all(), [{ integrity_check: 'ok' }]);
  t.match(db.prepare('SELECT count(*) AS count FROM recordings').get(), { count: rows });
});

test('one that was killed while it was filled is stale, answers all the same, and is whole after the next time', async (t) => {
  const folder = await ownFolder(t);
  const killed = await openCatalogue(folder);
  killed.filling();
  killed.putRecording(rowAt(0));
  killed.close();
  const again = await opened(t, folder);
  const found = () => again.search.page({ party: rowAt(0).fingerprint }, 'newest', 9).rows.length;
  t.match([again.stale, found()], [true, 1]);
  again.filling();
  await again.filled();
  t.match([again.stale, found(), indexesIn(folder)], [false, 1, ALL]);
});

test('whoever has it open learns that another process has filled it', async (t) => {
  const folder = await ownFolder(t);
  const [daemon, command] = [await opened(t, folder), await opened(t, folder)];
  t.equal(daemon.callPage({ party: 'f00d' }, 9).rows.length, 0);
  command.filling();
  manyCalls(command, 3);
  await command.filled();
  t.equal(daemon.stale, false);
  const { fingerprint: party } = callRow(recordOf('3f2b8c1e-5a64-4c0e-9d7a-0123456789ab', ...RECORDED_CALL));
  t.equal(daemon.callPage({ party }, 9).rows.length, 3);
});

// The index of calls: throw-away, made from the records in the vault (promise 9).

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'tap';
import { readCallRecord } from '../../src/calls/record.ts';
import { openCatalogue } from '../../src/catalogue/catalogue.ts';
import { callRow, rebuildCatalogue } from '../../src/catalogue-rows.ts';
import { recordOf } from './support/calls.ts';
import { keepCall, openStore, unreadable } from './support/store.ts';
import { CALL, ownFolder, RECORDED_CALL, without } from './support/world.ts';

test('records lie in the folder of their day, and the index is made from them again', async (t) => {
  const store = await openStore(t);
  const record = await keepCall(store, CALL, ...RECORDED_CALL);
  const folder = join(store.root, 'vault', 'calls', '2026', '05', '22');
  t.same(await readdir(folder), [`${CALL}.json`]);
  t.same(readCallRecord(await readFile(join(folder, `${CALL}.json`))), record);
  const fresh = await openCatalogue(await ownFolder(t));
  t.teardown(() => fresh.close());
  t.equal(fresh.stale, true);
  await rebuildCatalogue(store.vault, fresh, unreadable);
  t.equal(fresh.stale, false);
  t.same(fresh.calls(10), store.catalogue.calls(10));
});

test('a row that nothing in the vault stands behind goes when the index is filled again', async (t) => {
  const store = await openStore(t);
  const kept = await keepCall(store, CALL, ...RECORDED_CALL);
  store.catalogue.putCall({ ...callRow(kept), id: CALL.replace('3f', '4f') });
  await rebuildCatalogue(store.vault, store.catalogue, unreadable);
  t.same(store.catalogue.ids(), { recordings: [], calls: [CALL] });
});

test('one file that cannot be read does not keep the others out of the index', async (t) => {
  const store = await openStore(t);
  await keepCall(store, CALL, ...RECORDED_CALL);
  const other = CALL.replace('3f', '4f');
  await store.vault.calls.put(other, new Date('2026-05-21T00:00:00Z'), Buffer.from('{"format":"of old"}'));
  const told: string[] = [];
  await rebuildCatalogue(store.vault, store.catalogue, (id) => void told.push(id));
  t.same([told, store.catalogue.ids().calls], [[other], [CALL]]);
});

test('an index of another version is emptied, and says that it is to be filled', async (t) => {
  const folder = await ownFolder(t);
  const first = await openCatalogue(folder);
  first.putCall(callRow(recordOf(CALL, ...RECORDED_CALL)));
  await first.filled();
  first.close();
  const again = await openCatalogue(folder);
  t.match([again.stale, again.calls(9).length], [false, 1]);
  again.close();
  const old = new DatabaseSync(join(folder, 'catalogue.db'));
  old.exec('PRAGMA user_version = 1; DROP TABLE calls; CREATE TABLE calls (id TEXT)');
  old.close();
  for (const time of ['when it is opened', 'and until it was filled']) {
    const emptied = await openCatalogue(folder);
    t.match([emptied.stale, emptied.calls(9).length], [true, 0], time);
    emptied.close();
  }
});

test('calls are found by what the index knows of them', async (t) => {
  const { catalogue } = await openStore(t);
  const answered = callRow(recordOf(CALL, ...RECORDED_CALL, 'joined extension=2011'));
  const missed = { ...callRow(recordOf(CALL.replace('3f', '4f'), ...without('answer'))), recorded: 0 };
  for (const row of [answered, { ...missed, reason: 'unanswered' }]) catalogue.putCall(row);
  const found = (filter: object) => catalogue.calls(10, filter).map(({ id }) => id);
  t.same(found({ recorded: true }), [answered.id]);
  t.same(found({ recorded: false }), [missed.id]);
  t.same(found({ reason: 'unanswered', direction: 'inbound' }), [missed.id]);
  t.same(found({ extension: '2011' }), [answered.id]);
  t.same(found({ extension: '01' }), []);
  t.same(found({ since: answered.arrived_at }).length, 2);
  t.same(found({ until: answered.arrived_at }), []);
  t.same(found({ client: 'other' }), []);
});

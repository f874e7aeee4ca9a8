// The index answers how many and how much without looking at every row, whatever was put, put again or taken out.

import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Test, test } from 'tap';
import { openCatalogue } from '../../src/catalogue/catalogue.ts';
import { destroyedRow, recordingRow } from '../../src/catalogue-rows.ts';
import { heldBack } from '../../src/purging.ts';
import { manifestOf } from './support/store.ts';
import { ownFolder } from './support/world.ts';

const DUE = '2026-11-22T08:00:00.000Z';
const BEFORE = '2026-11-22T07:59:59.999Z';
const ids = Array.from({ length: 6 }, () => randomUUID() as string);
const [first = '', second = '', third = ''] = ids;

async function filled(t: Test) {
  const folder = await ownFolder(t);
  const catalogue = await openCatalogue(folder);
  t.teardown(() => catalogue.close());
  for (const id of ids) catalogue.putRecording(recordingRow(manifestOf(id, DUE)));
  await catalogue.filled();
  return { folder, catalogue };
}

const destroyed = (id: string) => {
  const { site, purpose, arrivedAt } = manifestOf(id, DUE);
  return destroyedRow({
    format: 'greffier-tombstone-1',
    ...{ id, site, line: '', purpose, arrivedAt, dueAt: DUE, destroyedAt: DUE, reason: 'retention-over' },
    ...{ bodySha256: '', manifestSha256: '', signedBy: '' },
  });
};

test('the number of rows is right after each change, and after the index is opened again', async (t) => {
  const { folder, catalogue } = await filled(t);
  const counts = (now = DUE) => catalogue.count(now);
  t.same(counts(), { recordings: 6, destroyed: 0, due: 6 });
  t.same(counts(BEFORE), { recordings: 6, destroyed: 0, due: 0 });
  catalogue.putRecording(recordingRow(manifestOf(first, DUE)));
  t.same(counts(), { recordings: 6, destroyed: 0, due: 6 }, 'a row that is put again is one row');
  catalogue.markDestroyed(destroyed(first));
  catalogue.markDestroyed(destroyed(first));
  t.same(counts(), { recordings: 6, destroyed: 1, due: 5 });
  catalogue.hold(second, '2027-01-01T00:00:00.000Z');
  t.same(counts(), { recordings: 6, destroyed: 1, due: 4 }, 'what is held is not due');
  catalogue.putRecording(recordingRow(manifestOf(first, DUE)));
  t.same(counts(), { recordings: 6, destroyed: 0, due: 5 }, 'one that came back from a backup');
  catalogue.remove({ recordings: [first, second, randomUUID()], calls: [] });
  t.same(counts(), { recordings: 4, destroyed: 0, due: 4 });
  const again = await openCatalogue(folder);
  t.same(again.count(DUE), { recordings: 4, destroyed: 0, due: 4 });
  again.markDestroyed(destroyed(third));
  t.same(counts(), { recordings: 4, destroyed: 1, due: 3 }, 'two processes count together');
  again.close();
});

test('what would have gone and is held is found by when its hold ends, page by page', async (t) => {
  const { catalogue } = await filled(t);
  ids.forEach((id, at) => {
    catalogue.hold(id, `2027-01-0${6 - at}T00:00:00.000Z`);
  });
  const due = new Date(DUE);
  t.same(
    [...heldBack(catalogue, due)].map(({ id, goes_at }) => [id, goes_at.slice(0, 10)]),
    ids.map((id, at) => [id, `2027-01-0${6 - at}`]).reverse(),
  );
  const one = catalogue.heldBack(DUE, 1);
  t.equal(catalogue.heldBack(DUE, 10, one[0]).length, 5);
  t.same([...heldBack(catalogue, new Date(BEFORE))], [], 'what is not due is not kept back');
  catalogue.hold(first, null);
  t.equal([...heldBack(catalogue, due)].length, 5);
});

test('neither counting nor what is held back looks at all rows', async (t) => {
  const { folder } = await filled(t);
  const db = new DatabaseSync(join(folder, 'catalogue.db'));
  t.teardown(() => db.close());
  const questions = [
    'SELECT destroyed, rows FROM row_counts',
    "SELECT count(*) AS due FROM recordings WHERE state <> 'destroyed' AND goes_at <= 'x'",
    "SELECT * FROM recordings WHERE held_until > 'x' AND (held_until, id) > ('', '') AND due_at <= 'x' AND state <> 'destroyed' ORDER BY held_until, id LIMIT 9",
  ];
  for (const sql of questions) {
    const plan = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all();
    const steps = plan.map(({ detail }) => String(detail)).join(', ');
    t.notMatch(steps, /SCAN (recordings|calls)|TEMP B-TREE/, steps);
  }
});

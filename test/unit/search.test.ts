// Search in the index finds what a look at every row finds, in the same order, page by page, whatever is combined.

import fc from 'fast-check';
import { type Test, test } from 'tap';
import { openCatalogue } from '../../src/catalogue/catalogue.ts';
import { type SearchFilter, SORTS, type Sort } from '../../src/catalogue/search-filter.ts';
import type { Place } from '../../src/catalogue/search-walk.ts';
import { callRow, destroyedRow } from '../../src/catalogue-rows.ts';
import { startOfDay } from '../../src/shared/wall-clock.ts';
import { recordOf } from './support/calls.ts';
import { fits, NOW, naively, rowAt } from './support/searched.ts';
import { ownFolder, RECORDED_CALL } from './support/world.ts';

const ROWS = 400;

async function filling(t: Test) {
  const catalogue = await openCatalogue(await ownFolder(t));
  t.teardown(() => catalogue.close());
  catalogue.filling();
  const rows = Array.from({ length: ROWS }, (_, index) => rowAt(index));
  for (const row of rows) {
    const waits = rows.indexOf(row) % 4 === 0;
    const call = { ...callRow(recordOf(row.id, ...RECORDED_CALL)), queue: waits ? 'accueil' : '' };
    // Before the recording, and after it.
    if (waits && rows.indexOf(row) % 8 === 0) catalogue.putCall(call);
    catalogue.putRecording(row);
    catalogue.putCall(call);
    row.queue = row.state === 'destroyed' ? '' : call.queue;
  }
  return { catalogue, rows };
}

async function filled(t: Test) {
  const all = await filling(t);
  await all.catalogue.filled();
  return all;
}

const maybe = <T>(...values: T[]) => fc.option(fc.constantFrom(...values), { nil: undefined, freq: 1 });
const moments = ['2026-05-23T00:00:00.000Z', '2026-05-25T10:00:00.000Z', '2026-05-27T00:00:00.000Z'];
const filters: fc.Arbitrary<SearchFilter> = fc.record({
  party: maybe('a'.repeat(64), 'f'.repeat(64)),
  lastDigits: maybe('5678', '9999'),
  extensions: maybe(['201'], ['202', '203'], ['999'], []),
  did: maybe('+33123456701', '+33123456709'),
  queue: maybe('accueil', 'nowhere'),
  clients: maybe(['alpha'], ['alpha', 'beta'], ['gamma'], []),
  direction: maybe('inbound'),
  purpose: maybe('quality', 'training'),
  consent: maybe('given'),
  state: maybe('sealed', 'destroyed', 'truncated'),
  since: maybe(...moments),
  before: maybe(...moments),
  atLeast: maybe(60_000, 200_000),
  atMost: maybe(250_000),
  heldAt: maybe(NOW),
  notHeldAt: maybe(NOW),
  goesBefore: maybe('2026-12-10T00:00:00.000Z'),
});

test('every filter, in every order and page by page, finds what looking at each row finds', async (t) => {
  expectFound(t, await filled(t), 300);
});

test('the same is found while the tables are still being filled, and have few indexes', async (t) => {
  expectFound(t, await filling(t), 100);
});

function expectFound(
  t: Test,
  { catalogue, rows }: Awaited<ReturnType<typeof filled>>,
  numRuns: number,
): void {
  const all = (filter: SearchFilter, sort: Sort, limit: number) => {
    const ids: string[] = [];
    let place: Place | undefined;
    do {
      const page = catalogue.search.page(filter, sort, limit, place);
      ids.push(...page.rows.map(({ id }) => id));
      place = page.next;
    } while (place);
    return ids;
  };
  // One field at a time, then any of them together.
  const sparse = filters.chain((filter) =>
    fc.subarray(Object.keys(filter)).map((kept) => {
      const some = kept.slice(0, 3).map((name) => [name, filter[name as keyof SearchFilter]]);
      return Object.fromEntries(some) as SearchFilter;
    }),
  );
  fc.assert(
    fc.property(
      fc.oneof(sparse, filters),
      fc.constantFrom(...SORTS),
      fc.integer({ min: 1, max: 60 }),
      (filter, sort, limit) => {
        const wanted = naively(rows, filter, sort);
        t.same(
          all(filter, sort, limit),
          wanted.map(({ id }) => id),
          JSON.stringify([filter, sort, limit]),
        );
        t.same(catalogue.search.count(filter, sort), { count: wanted.length, more: false });
      },
    ),
    { numRuns },
  );
}

test('a row says through which queue its call came, whichever of them was put first', async (t) => {
  const { catalogue, rows } = await filled(t);
  const through = catalogue.search.page({ queue: 'accueil' }, 'newest', 200).rows;
  t.ok(through.length > 50);
  t.ok(through.every((row) => row.queue === 'accueil'));
  t.equal(through.length, rows.filter((row) => fits(row, { queue: 'accueil' })).length);
});

test('what was destroyed is found by nothing of a person', async (t) => {
  const { catalogue, rows } = await filled(t);
  const [row] = rows.filter(({ state, extension }) => state === 'sealed' && extension === '202 201');
  if (!row) return t.fail('no such row');
  const found = () =>
    catalogue.search.page({ extensions: ['202'], party: row.fingerprint }, 'newest', 200).rows;
  t.ok(found().some(({ id }) => id === row.id));
  const { id, started_at: arrivedAt, due_at: dueAt } = row;
  catalogue.markDestroyed(
    destroyedRow({
      format: 'greffier-tombstone-1',
      ...{
        id,
        site: '',
        line: row.did,
        purpose: row.purpose,
        arrivedAt,
        dueAt,
        destroyedAt: NOW,
        reason: 'objection',
      },
      ...{ bodySha256: '', manifestSha256: '', signedBy: '' },
    }),
  );
  t.notOk(found().some(({ id }) => id === row.id));
  t.ok(
    catalogue.search
      .page({ state: 'destroyed', did: row.did }, 'newest', 200)
      .rows.some(({ id }) => id === row.id),
  );
  catalogue.remove({ recordings: rows.map(({ id }) => id), calls: [] });
  t.same(catalogue.search.page({ extensions: ['201', '202', '203'] }, 'newest', 10).rows, []);
});

test('a day begins by the clock of the site, on the days too on which the clocks change', async (t) => {
  const paris = (day: string, plus = 0) => startOfDay(day, plus, 'Europe/Paris');
  t.equal(paris('2026-11-22'), '2026-11-21T23:00:00.000Z');
  t.equal(paris('2026-11-22', 1), '2026-11-22T23:00:00.000Z');
  t.equal(paris('2026-03-29'), '2026-03-28T23:00:00.000Z');
  t.equal(paris('2026-03-29', 1), '2026-03-29T22:00:00.000Z');
  t.equal(startOfDay('2026-11-22', 0, 'Pacific/Kiritimati'), '2026-11-21T10:00:00.000Z');
  t.equal(startOfDay('2026-11-22', 0, 'Pacific/Pago_Pago'), '2026-11-22T11:00:00.000Z');
  for (const none of ['2026-02-30', '2026-13-01', '0000-00-00']) t.equal(paris(none), undefined, none);
});

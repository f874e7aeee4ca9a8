// Half a million recordings, and no search holds the daemon up: each follows one index, and looks at so many rows at most.

import { performance } from 'node:perf_hooks';
import { test } from 'tap';
import { openCatalogue } from '../../src/catalogue/catalogue.ts';
import { type SearchFilter, SORTS } from '../../src/catalogue/search-filter.ts';
import { type Place, SCAN, walkByOrder, walkByStart } from '../../src/catalogue/search-walk.ts';
import { fillCatalogue } from '../unit/support/half-a-million.ts';
import { ownFolder } from '../unit/support/world.ts';

const NOW = '2026-11-01T00:00:00.000Z';
const party = '7'.padStart(64, '0');
/** The index that each is to follow, when it is what a search goes by. */
const BY_INDEX: [index: string, filter: SearchFilter][] = [
  ['recordings_by_start', {}],
  ['recordings_by_start', { since: '2026-03-01T00:00:00.000Z', before: '2026-03-02T00:00:00.000Z' }],
  ['recordings_by_start', { atLeast: 3_599_990 }],
  ['recordings_by_start', { goesBefore: NOW, notHeldAt: NOW }],
  ['recordings_by_caller', { party, clients: ['demo'], purpose: 'mifid' }],
  ['recordings_by_last4', { lastDigits: '5678', state: 'sealed' }],
  ['taking_part', { extensions: ['201', '305', '249'], purpose: 'mifid', consent: 'given' }],
  ['recordings_held_by_start', { heldAt: NOW, consent: 'given' }],
  ['recordings_by_queue', { queue: 'q3', did: '+33123456705' }],
  ['recordings_by_line', { did: '+33123456705', purpose: 'mifid' }],
  ['recordings_by_state', { state: 'sealed', direction: 'internal' }],
  ['recordings_by_consent', { consent: 'not-refused', atMost: 0 }],
  ['recordings_by_purpose', { purpose: 'quality', clients: ['demo', 'autre'] }],
  ['recordings_by_client', { clients: ['demo'], direction: 'internal' }],
];
/** Of one question, on a machine that does other work as well. What is measured alone is a tenth of it. */
const SLOW_MS = 1_500;

test('every search at half a million rows follows an index, and looks at a bounded part of it', {
  timeout: 880_000,
}, async (t) => {
  const folder = await ownFolder(t);
  const catalogue = await openCatalogue(folder);
  t.teardown(() => catalogue.close());
  const db = fillCatalogue(folder);
  t.teardown(() => db.close());
  const place = { key: '2026-10-01T00:00:00.000Z', id: 'x' };
  const planOf = ({ sql, values }: ReturnType<typeof walkByStart>) =>
    db
      .prepare(`EXPLAIN QUERY PLAN ${sql} LIMIT 5`)
      .all(...values)
      .map(({ detail }) => String(detail));
  for (const [index, filter] of BY_INDEX)
    for (const sort of ['newest', 'oldest'] as const)
      for (const from of [undefined, place]) {
        const plan = planOf(walkByStart(filter, sort, true, from));
        const said = `${JSON.stringify(filter)} ${sort}: ${plan.join(', ')}`;
        t.ok(
          plan.some((line) =>
            line.includes(index === 'taking_part' ? 'taking_part USING PRIMARY KEY' : index),
          ),
          said,
        );
        t.notOk(
          plan.some((line) => /TEMP B-TREE|^SCAN (?!.*USING (COVERING )?INDEX)/.test(line)),
          said,
        );
      }
  for (const sort of ['longest', 'due'] as const)
    for (const from of [undefined, { key: sort === 'due' ? NOW : 5, id: 'x' }])
      t.notMatch(planOf(walkByOrder(sort, from)).join(', '), /TEMP B-TREE|SCAN recordings$/, sort);
  let slowest = 0;
  for (const [, filter] of BY_INDEX)
    for (const sort of SORTS) {
      const began = performance.now();
      catalogue.search.page(filter, sort, 50);
      catalogue.search.count(filter, sort);
      slowest = Math.max(slowest, performance.now() - began);
    }
  t.comment(`the slowest page with its count took ${Math.round(slowest)} ms`);
  t.ok(slowest < SLOW_MS, `${slowest} ms`);
});

test('a search that finds little goes on from where it stopped, and comes to an end', {
  timeout: 880_000,
}, async (t) => {
  const folder = await ownFolder(t);
  const catalogue = await openCatalogue(folder);
  t.teardown(() => catalogue.close());
  const rows = 12_000;
  fillCatalogue(folder, rows).close();
  const filter = { atMost: 1_000_000, direction: 'outbound' };
  const wanted = Array.from({ length: rows }, (_, at) => at + 1).filter(
    (i) => i % 4 === 0 && (i * 7919) % 3_600_000 <= 1_000_000,
  );
  t.ok(wanted.length > 0, `${wanted.length} to be found`);
  let [found, questions]: [number, number] = [0, 0];
  let place: Place | undefined;
  do {
    const page = catalogue.search.page(filter, 'newest', 5_000, place);
    found += page.rows.length;
    questions += 1;
    t.equal(page.searchedTo === undefined, page.next === undefined, 'it says how far it has come');
    place = page.next;
  } while (place);
  t.same([found, questions], [wanted.length, Math.ceil(rows / SCAN)]);
  t.same(catalogue.search.count(filter, 'newest').more, true, 'a count that was cut short says so');
  t.same(catalogue.search.count({}, 'newest'), { count: 1_000, more: true });
});

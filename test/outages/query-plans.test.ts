// Half a million recordings, and no question of every day looks at all of them.

import { test } from 'tap';
import { BY_QUARTER } from '../../src/catalogue/by-quarter.ts';
import { openCatalogue } from '../../src/catalogue/catalogue.ts';
import { fillCatalogue, ROWS } from '../unit/support/half-a-million.ts';
import { ownFolder } from '../unit/support/world.ts';

test('sweep, preview, party, hold and figures of what goes look no row up in vain, at half a million', async (t) => {
  const folder = await ownFolder(t);
  const catalogue = await openCatalogue(folder);
  t.teardown(() => catalogue.close());
  const db = fillCatalogue(folder);
  t.teardown(() => db.close());
  db.exec('ANALYZE');
  const plans: string[] = [];
  const asked: [what: string, sql: string][] = [
    [
      'what is due',
      "SELECT * FROM recordings WHERE state <> 'destroyed' AND goes_at <= '2026-08-01' AND (goes_at, id) > ('', '') ORDER BY goes_at, id LIMIT 500",
    ],
    [
      'how much is due',
      "SELECT count(*) FROM recordings WHERE state <> 'destroyed' AND goes_at <= '2026-08-01'",
    ],
    ['a party', "SELECT * FROM recordings WHERE fingerprint = '7' ORDER BY started_at DESC"],
    ['the calls of a party', "SELECT * FROM calls WHERE fingerprint = '7' ORDER BY arrived_at DESC"],
    ['a hold', "UPDATE recordings SET held_until = NULL WHERE id = 'x' AND state <> 'destroyed'"],
    ['what came in today', BY_QUARTER.replace('?', "'demo'").replace('?', "'2026-08-01'")],
    [
      'what goes on each day',
      "SELECT substr(goes_at, 1, 10) AS day, count(*), sum(bytes) FROM recordings WHERE state <> 'destroyed' AND goes_at < '2026-08-01' GROUP BY 1 ORDER BY 1",
    ],
  ];
  for (const [what, sql] of asked) {
    const plan = db
      .prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .all()
      .map(({ detail }) => String(detail));
    plans.push(...plan);
    t.notOk(
      plan.some((line) => /^SCAN (recordings|calls)/.test(line)),
      `${what}: ${plan.join(', ')}`,
    );
  }
  for (const index of ['recordings_by_going', 'calls_by_client'])
    t.ok(
      plans.some((line) => line.includes(index)),
      index,
    );
  const first = catalogue.due('2026-12-31T00:00:00.000Z', 500);
  t.equal(first.length, 500);
  const second = catalogue.due('2026-12-31T00:00:00.000Z', 500, first.at(-1));
  t.ok(
    (second[0]?.goes_at ?? '') >= (first.at(-1)?.goes_at ?? '~'),
    'the next page begins where the first one ended',
  );
  t.notOk(
    first.some(({ held_until }) => held_until),
    'what is held goes later',
  );
  const { recordings, destroyed, due } = catalogue.count('2026-08-01T00:00:00.000Z');
  t.same([recordings, destroyed], [ROWS, Math.floor(ROWS / 3)]);
  t.equal(
    due,
    [...catalogue.goingByDay('2026-08-01T00:00:00.000Z')].reduce((sum, day) => sum + day.recordings, 0),
  );
});

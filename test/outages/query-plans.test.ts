// Half a million recordings, and no question of every day looks at all of them.

import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'tap';
import { BY_QUARTER } from '../../src/catalogue/by-quarter.ts';
import { openCatalogue } from '../../src/catalogue/catalogue.ts';
import { ownFolder } from '../unit/support/world.ts';

const ROWS = 500_000;
/** A year of them, one a minute; a third destroyed, a tenth held, and one caller in a thousand. */
const FILL = `
  WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${ROWS})
  INSERT INTO recordings (id, day, started_at, milliseconds, direction, client, did, line_name, policy, purpose, last4,
    fingerprint, extension, consent, state, due_at, held_until, bytes, destroyed_at, destroyed_reason)
  SELECT printf('%08x-0000-4000-8000-%012x', i, i), strftime('%Y-%m-%dT00:00:00.000Z', 1767225600 + i * 63, 'unixepoch'),
    strftime('%Y-%m-%dT%H:%M:%S.000Z', 1767225600 + i * 63, 'unixepoch'), 1000, 'inbound', 'demo', '+33123456701',
    'Accueil', 'accueil', 'quality', '5678', 'f' || (i % 1000), '201', 'not-refused',
    CASE WHEN i % 3 = 0 THEN 'destroyed' ELSE 'sealed' END,
    strftime('%Y-%m-%dT%H:%M:%S.000Z', 1767225600 + i * 63 + 15552000, 'unixepoch'),
    CASE WHEN i % 10 = 1 THEN '2027-12-31T00:00:00.000Z' END, 1000, NULL, NULL FROM n`;

test('sweep, preview, party, hold and figures of what goes look no row up in vain, at half a million', async (t) => {
  const folder = await ownFolder(t);
  const catalogue = await openCatalogue(folder);
  t.teardown(() => catalogue.close());
  const db = new DatabaseSync(join(folder, 'catalogue.db'));
  t.teardown(() => db.close());
  db.exec(`PRAGMA synchronous = OFF; ${FILL}; ANALYZE`);
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
    ['a party', "SELECT * FROM recordings WHERE fingerprint = 'f7' ORDER BY started_at DESC"],
    ['the calls of a party', "SELECT * FROM calls WHERE fingerprint = 'f7' ORDER BY arrived_at DESC"],
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

// The figures of a period: what counts as what, by the clock of the site, and never by person (ADR 0028).

import { test } from 'tap';
import type { Appliance } from '../../src/appliance.ts';
import { openCatalogue } from '../../src/catalogue/catalogue.ts';
import { KINDS } from '../../src/statistics/kinds.ts';
import { daysOf } from '../../src/statistics/period.ts';
import { csvOf } from '../../src/statistics/table.ts';
import { statisticsOf } from '../../src/statistics-of-site.ts';
import { callAt, MISSED } from './support/calls-of.ts';
import { codeOf, handClock, ownFolder } from './support/world.ts';

async function site(t: Parameters<typeof ownFolder>[0]) {
  const catalogue = await openCatalogue(await ownFolder(t));
  t.teardown(() => catalogue.close());
  const clock = handClock('2026-11-22T12:00:00.000Z');
  const settings = {
    data: {
      lines: [{ did: '+33123456701', name: 'Accueil' }],
      queues: [{ id: 'accueil', name: '=Accueil, "central"' }],
    },
  };
  const config = { site: { timezone: 'Europe/Paris' } };
  return { catalogue, settings, config, clock } as unknown as Appliance & { clock: typeof clock };
}

test('calls, waiting and handling of a day are what the index has of it', async (t) => {
  const s = await site(t);
  for (const row of [
    callAt('2026-11-20T09:00:00Z'),
    callAt('2026-11-20T09:10:00Z', { waiting_ms: 50_000 }),
    callAt('2026-11-20T10:00:00Z', MISSED),
    callAt('2026-11-20T22:30:00Z', { ...MISSED, reason: 'closed', disposition: 'rejected' }),
    callAt('2026-11-20T11:00:00Z', {
      direction: 'outbound',
      recorded: 0,
      consent: 'refused',
      reason: 'refused',
    }),
    callAt('2026-11-20T11:10:00Z', { direction: 'outbound', recorded: 0, consent: '', reason: 'objected' }),
    callAt('2026-11-20T11:30:00Z', { direction: 'internal' }),
  ])
    s.catalogue.putCall(row);
  const { rows, totals } = await statisticsOf(s, { from: '2026-11-19', to: '2026-11-20' });
  t.match(rows, [
    { key: '2026-11-19', calls: 0, answerRate: null, waitingSeconds: null },
    { key: '2026-11-20', calls: 3 },
  ]);
  t.match(totals, {
    ...{ calls: 3, answered: 2, missed: 1, answerRate: 0.6667, inTime: 0.3333 },
    ...{ waitingSeconds: 30, longestWaitSeconds: 50, handlingSeconds: 60 },
    ...{ closed: 1, outbound: 2, talks: 4, recorded: 2, recordedShare: 0.5, provenShare: 1, optOuts: 2 },
  });
});

test('a recording counts as announced when an announcement is known to have been heard to its end', async (t) => {
  const s = await site(t);
  for (const announced of [1, 1, 1, 0]) s.catalogue.putCall(callAt('2026-11-20T09:00:00Z', { announced }));
  t.match((await statisticsOf(s, {})).totals, { recorded: 4, provenShare: 0.75 });
});

test('days, months, weekdays and hours are those of the site, also when its clocks change', async (t) => {
  const s = await site(t);
  // Half past midnight in Paris is still the day before in Greenwich; on 25 October the hour from two to three came twice.
  for (const at of [
    '2026-09-30T22:30:00Z',
    '2026-10-25T00:30:00Z',
    '2026-10-25T01:30:00Z',
    '2026-10-25T22:59:00Z',
  ])
    s.catalogue.putCall(callAt(at));
  const wish = { from: '2026-09-30', to: '2026-10-26' };
  const some = async (by: (typeof KINDS)[number]) =>
    (await statisticsOf(s, { ...wish, by })).rows
      .filter(({ calls }) => calls)
      .map(({ key, calls }) => [key, calls]);
  t.same(await some('day'), [
    ['2026-10-01', 1],
    ['2026-10-25', 3],
  ]);
  t.same(await some('month'), [['2026-10', 4]]);
  t.same(await some('weekday'), [
    ['4', 1],
    ['7', 3],
  ]);
  t.same(await some('hour'), [
    ['00', 1],
    ['02', 2],
    ['23', 1],
  ]);
  t.equal(
    (await statisticsOf(s, { ...wish, by: 'hour' })).rows.length,
    24,
    'hours without a call are there too',
  );
});

test('who calls the same client again within the days is not helped; who is unknown, or too recent, counts for nothing', async (t) => {
  const s = await site(t);
  const party = (digit: string) => ({ fingerprint: digit.repeat(64) });
  for (const row of [
    callAt('2026-11-02T09:00:00Z', party('a')),
    callAt('2026-11-06T09:00:00Z', { ...party('a'), ...MISSED }),
    callAt('2026-11-02T09:00:00Z', party('b')),
    callAt('2026-11-10T09:00:01Z', party('b')),
    callAt('2026-11-02T10:00:00Z', party('c')),
    callAt('2026-11-03T10:00:00Z', { ...party('c'), client: 'autre' }),
    callAt('2026-11-04T10:00:00Z', { ...party('c'), direction: 'outbound' }),
    callAt('2026-11-02T11:00:00Z'),
    callAt('2026-11-20T09:00:00Z', party('d')),
  ])
    s.catalogue.putCall(row);
  const of = async (query: object) =>
    (await statisticsOf(s, { from: '2026-11-01', to: '2026-11-22', client: 'demo', ...query })).totals
      .resolvedShare;
  // Known: a, b and b again, c. Not helped: a.
  t.equal(await of({}), 0.75);
  t.equal(await of({ againDays: 9 }), 0.5, 'b called again on the ninth day');
  t.equal(await of({ againDays: 1, from: '2026-11-20' }), 1, 'd has had a day to call again');
});

test('lines and queues have their names, the busiest first; a call that waited in no queue has no row', async (t) => {
  const s = await site(t);
  for (const did of ['+33123456702', '+33123456701', '+33123456701'])
    s.catalogue.putCall(callAt('2026-11-20T09:00:00Z', { did, queue: did.endsWith('2') ? 'accueil' : '' }));
  const lines = await statisticsOf(s, { by: 'line' });
  t.match(
    lines.rows.map(({ key, name, calls }) => [key, name, calls]),
    [
      ['+33123456701', 'Accueil', 2],
      ['+33123456702', '+33123456702', 1],
    ],
  );
  t.match((await statisticsOf(s, { by: 'queue' })).rows, [{ key: 'accueil', calls: 1 }]);
  t.equal((await statisticsOf(s, { line: '+33123456702' })).totals.calls, 1);
  t.equal((await statisticsOf(s, { queue: 'accueil' })).totals.calls, 1);
});

test('nothing is kept apart by who took the call', (t) => {
  t.same(KINDS, ['day', 'month', 'weekday', 'hour', 'line', 'queue', 'client']);
  t.end();
});

test('a spreadsheet gets every row, and no formula that somebody wrote into a name', async (t) => {
  const s = await site(t);
  s.catalogue.putCall(callAt('2026-11-20T09:00:00Z', { queue: 'accueil' }));
  const [head, row, end] = [...csvOf(await statisticsOf(s, { by: 'queue' }), 'queue')];
  t.match(head, /^queue,name,calls,answered,missed,answerRate,.*,resolvedShare\r\n$/);
  t.match(row, /^accueil,"'=Accueil, ""central""",1,1,0,1,1,10,10,60,0,0,1,1,1,1,0,\r\n$/);
  t.equal(end, undefined);
});

test('a period is a month unless told, at most four hundred days, and ends after it begins', async (t) => {
  const days = (from?: string, to?: string) => daysOf({ from, to }, '2026-11-22', 'Europe/Paris');
  t.match([days().at(0)?.name, days().at(-1)?.name, days().length], ['2026-10-24', '2026-11-22', 30]);
  t.match(days('2026-10-25', '2026-10-25'), [
    { since: '2026-10-24T22:00:00.000Z', before: '2026-10-25T23:00:00.000Z' },
  ]);
  t.equal(days('2025-10-19').length, 400);
  t.equal(await codeOf(() => days('2025-10-18')), 'bad-period');
  t.equal(await codeOf(() => days('2026-11-23')), 'bad-period');
  t.equal(await codeOf(() => days('2026-02-30')), 'bad-date');
  t.equal(await codeOf(() => days(undefined, '2026-13-01')), 'bad-date');
});

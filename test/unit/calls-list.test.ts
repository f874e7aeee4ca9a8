// The list of calls over HTTP: every call is explained (promise 6), to whoever may be told of it (C34).

import { DatabaseSync } from 'node:sqlite';
import { test } from 'tap';
import { SCAN } from '../../src/catalogue/search-walk.ts';
import { callAt, MISSED } from './support/calls-of.ts';
import { web } from './support/clients.ts';
import { fillCalls } from './support/year-of-calls.ts';

type Asks = Awaited<ReturnType<Awaited<ReturnType<typeof web>>['person']>>;

const PARTY = 'ab'.repeat(32);

async function someCalls(t: Parameters<typeof web>[0]) {
  const w = await web(t);
  const put = w.desk.catalogue.putCall;
  put(callAt('2026-11-18T23:30:00Z', { fingerprint: PARTY, last4: '5678' }));
  put(callAt('2026-11-19T09:00:00Z', { ...MISSED, queue: 'accueil' }));
  put(callAt('2026-11-20T09:00:00Z', { recorded: 0, reason: 'refused', consent: 'refused' }));
  put(callAt('2026-11-20T10:00:00Z', { client: 'autre', did: '+33123456709', line_name: '=1+1' }));
  return w;
}

/** Arrivals of the calls that fit, page by page. */
async function arrivals(asks: Asks, query = '', limit = 200): Promise<string[]> {
  const found: string[] = [];
  let cursor = '';
  do {
    const { status, body } = await asks('GET', `/api/calls?limit=${limit}${query}${cursor}`);
    if (status !== 200) return [body.error.code];
    found.push(...body.calls.map(({ arrivedAt }: { arrivedAt: string }) => arrivedAt.slice(8, 13)));
    cursor = body.next === null ? '' : `&cursor=${body.next}`;
  } while (cursor);
  return found;
}

test('calls are listed newest first, recorded or not and why, and each page goes on where the last one ended', async (t) => {
  const w = await someCalls(t);
  const marie = await w.person('marie', ['manager']);
  const all = ['20T10', '20T09', '19T09', '18T23'];
  for (const limit of [1, 2, 3, 4, 200]) t.same(await arrivals(marie, '', limit), all, `${limit} at a time`);
  const { body } = await marie('GET', '/api/calls?reason=refused');
  t.match(body.calls, [
    { recorded: false, reason: 'refused', consent: 'refused', waitingSeconds: 10, outside: { last4: '' } },
  ]);
});

test('calls are found by day of the site, line, queue, outcome, and the party outside', async (t) => {
  const w = await someCalls(t);
  const marie = await w.person('marie', ['manager']);
  t.same(
    await arrivals(marie, '&from=2026-11-19&to=2026-11-19'),
    ['19T09', '18T23'],
    'half past midnight in Paris',
  );
  t.same(await arrivals(marie, '&line=%2B33123456709'), ['20T10']);
  t.same(await arrivals(marie, '&queue=accueil'), ['19T09']);
  t.same(await arrivals(marie, '&disposition=abandoned'), ['19T09']);
  t.same(await arrivals(marie, '&recorded=false'), ['20T09', '19T09']);
  t.same(await arrivals(marie, `&party=${PARTY}`), ['18T23']);
  t.match(await w.entries('search-caller'), [{ actor: 'marie', code: 'number' }]);
  t.same(await arrivals(marie, '&from=2026-02-30'), ['bad-date']);
  t.same(await arrivals(marie, '&cursor=bm90IG9uZQ'), ['bad-cursor']);
});

test('who is limited to a client is told of the calls of that client alone', async (t) => {
  const w = await someCalls(t);
  const anna = await w.limited('anna', ['manager'], ['demo']);
  t.same(await arrivals(anna), ['20T09', '19T09', '18T23']);
  t.same(await arrivals(anna, '&client=autre'), []);
  t.same(await arrivals(anna, '&line=%2B33123456709'), []);
  t.notMatch((await anna('GET', '/api/calls/table.csv')).body, /33123456709/);
});

test('for a spreadsheet all that fit are streamed, after the audit log has it, and no name becomes a formula', async (t) => {
  const w = await someCalls(t);
  const marie = await w.person('marie', ['manager']);
  const { status, type, body } = await marie('GET', '/api/calls/table.csv?from=2026-11-20');
  t.match([status, type], [200, 'text/csv; charset=utf-8']);
  const [head, ...rows] = String(body).trim().split('\r\n');
  t.match(head, /^id,arrivedAt,.*,reason,line,lineName,last4$/);
  t.equal(rows.length, 2);
  t.match(rows[0], /,\+33123456709,'=1\+1,$/);
  t.match(await w.entries('calls-exported'), [{ actor: 'marie' }]);
});

test('a rare thing far back is found in steps, none of which looks at more than a few thousand rows', async (t) => {
  const w = await web(t);
  const rows = 2 * SCAN + 100;
  fillCalls(w.desk.at('catalogue'), '2026-01-01T00:00:00Z', rows).close();
  w.desk.catalogue.putCall(callAt('2025-12-31T10:00:00Z', { ...MISSED, reason: 'private' }));
  const filter = { reason: 'private' };
  let page = w.desk.catalogue.callPage(filter, 10);
  for (let step = 0; step < 2; step++) {
    t.match([page.rows.length, typeof page.searchedTo], [0, 'string']);
    page = w.desk.catalogue.callPage(filter, 10, page.next);
  }
  t.match([page.rows.length, page.next], [1, undefined]);
  const whole = new Set<string>();
  let place: ReturnType<typeof w.desk.catalogue.callPage>['next'];
  do {
    const { rows, next } = w.desk.catalogue.callPage({}, 1_000, place);
    for (const { id } of rows) whole.add(id);
    place = next;
  } while (place);
  t.equal(whole.size, rows + 1);
});

test('the pages of calls follow an index, and sort nothing but one caller’s', async (t) => {
  const w = await web(t);
  const db = new DatabaseSync(`${w.desk.at('catalogue')}/catalogue.db`);
  t.teardown(() => db.close());
  const plan = db
    .prepare(
      'EXPLAIN QUERY PLAN SELECT arrived_at, id FROM calls INDEXED BY calls_by_arrival WHERE arrived_at >= ? AND (arrived_at, id) < (?, ?) ORDER BY arrived_at DESC, id DESC LIMIT ?',
    )
    .all('a', 'b', 'c', 1)
    .map((row) => String((row as { detail: string }).detail));
  t.same(
    plan.filter((step) => /TEMP B-TREE|SCAN/.test(step)),
    [],
  );
});

// The statistics over HTTP and in a shell: who is told of whom (C34), as JSON and for a spreadsheet.

import { test } from 'tap';
import { destroyedRow } from '../../src/catalogue-rows.ts';
import { statisticsCommand } from '../../src/cli/statistics.ts';
import type { Tombstone } from '../../src/purge/tombstone.ts';
import { callAt } from './support/calls-of.ts';
import { run } from './support/cli.ts';
import { web } from './support/clients.ts';

const DAY = '2026-11-20';
const PERIOD = `from=${DAY}&to=${DAY}`;

async function twoClients(t: Parameters<typeof web>[0]) {
  const w = await web(t);
  const { catalogue } = w.desk;
  for (const client of ['demo', 'autre', 'autre'])
    catalogue.putCall(
      callAt(`${DAY}T09:00:00Z`, { client, did: client === 'demo' ? '+33123456701' : '+33123456709' }),
    );
  const tombstone = {
    id: '11111111-0000-4000-8000-000000000000',
    arrivedAt: '2026-05-20T09:00:00.000Z',
    line: '+33123456701',
    purpose: 'quality',
    dueAt: '2026-11-20T09:00:00.000Z',
    destroyedAt: '2026-11-20T09:01:00.000Z',
    reason: 'retention-over',
  };
  catalogue.putRecording(destroyedRow(tombstone as unknown as Tombstone));
  return w;
}

test('who is limited to a client is told of that client alone, whatever is asked', async (t) => {
  const w = await twoClients(t);
  const [all, one] = [await w.person('marie', ['manager']), await w.limited('anna', ['manager'], ['demo'])];
  const calls = async (asks: typeof all, more = '') =>
    (await asks('GET', `/api/statistics?${PERIOD}${more}`)).body.totals.calls;
  t.same([await calls(all), await calls(all, '&client=autre'), await calls(all, '&client=demo')], [3, 2, 1]);
  t.same([await calls(one), await calls(one, '&client=autre'), await calls(one, '&client=demo')], [1, 0, 1]);
  t.equal(await calls(one, '&line=%2B33123456709'), 0, 'nor by the line of another one');
  const { body } = await one('GET', `/api/statistics?${PERIOD}&by=client`);
  t.match(body.rows, [{ key: 'demo', name: 'Démonstration', calls: 1 }]);
  t.same(body.destruction, null);
  t.match((await all('GET', `/api/statistics?${PERIOD}`)).body.destruction, {
    destroyed: 1,
    byReason: { 'retention-over': 1 },
    overdue: 0,
  });
});

test('a quality evaluator and the DPO read them; agents, supervisors and the IT admin do not', async (t) => {
  const w = await twoClients(t);
  for (const [role, status] of [
    ['quality', 200],
    ['dpo', 200],
    ['agent', 403],
    ['supervisor', 403],
    ['it-admin', 403],
  ] as const)
    t.equal((await (await w.person(role, [role]))('GET', '/api/statistics')).status, status, role);
});

test('for a spreadsheet the same table is streamed as CSV', async (t) => {
  const w = await twoClients(t);
  const marie = await w.person('marie', ['manager']);
  const { status, type, body } = await marie('GET', `/api/statistics/table.csv?${PERIOD}&by=line`);
  t.match([status, type], [200, 'text/csv; charset=utf-8']);
  const [head, ...rows] = String(body).trim().split('\r\n');
  t.match(head, /^line,name,calls/);
  t.match(
    rows.map((row) => row.split(',').slice(0, 3)),
    [
      ['+33123456709', 'Ventes', '2'],
      ['+33123456701', 'Accueil', '1'],
    ],
  );
});

test('what cannot be asked is said with its name', async (t) => {
  const w = await twoClients(t);
  const marie = await w.person('marie', ['manager']);
  for (const [query, code] of [
    ['from=2026-02-30', 'bad-date'],
    ['from=2026-11-21&to=2026-11-20', 'bad-period'],
    ['by=agent', 'bad-request'],
    ['againDays=0', 'bad-request'],
  ] as const)
    t.match(
      await marie('GET', `/api/statistics?${query}`),
      { status: 400, body: { error: { code } } },
      query,
    );
});

test('the command line says the same', async (t) => {
  const { desk } = await twoClients(t);
  const statistics = (...words: string[]) =>
    run(t, statisticsCommand, desk.appliance, 'statistics', '--from', DAY, '--to', DAY, ...words);
  t.match(JSON.parse((await statistics('--json')).out), {
    totals: { calls: 3 },
    destruction: { destroyed: 1 },
  });
  t.match((await statistics('--by', 'line', '--csv')).out, /^line,name,calls.*\r\n\n\+33123456709,Ventes,2,/);
  const { out } = await statistics('--by', 'client');
  t.match(out, /calls +3\n/);
  t.match(out, /^client +calls +answered/m);
  t.match(out, /^Autre +2 +2/m);
  t.rejects(statistics('--by', 'agent'), /day.*client/);
});

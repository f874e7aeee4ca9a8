// The rights desk and the incidents over HTTP: through the real server, its guard and its schemas.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Test, test } from 'tap';
import { keepOf, openDesk, PARTY } from './support/rights.ts';
import { openWeb } from './support/web.ts';

const STEPS = [
  'identity',
  'extension',
  'search',
  'find',
  'note',
  'objection',
  'answer',
  'close',
  'erasure',
  'package',
];
const OPEN = { kind: 'access', channel: 'email', name: 'Zoë Martin', contact: 'zoe@example.org' };

async function web(t: Test) {
  const desk = await openDesk(t);
  const { person } = await openWeb(t, desk.appliance, desk.root, desk.clock);
  return {
    desk,
    diane: await person('diane', ['dpo'], { steppedUp: true }),
    paul: await person('paul', ['dpo']),
    marie: await person('marie', ['manager']),
    igor: await person('igor', ['it-admin']),
  };
}

test('the rights desk is the DPO’s; incidents are the IT admin’s as well (C15)', async (t) => {
  const { diane, marie, igor } = await web(t);
  const routes = [
    ['GET', '/api/rights'],
    ['POST', '/api/rights', OPEN],
    ['GET', '/api/rights/2026-0001'],
    ...STEPS.map((name) => ['POST', `/api/rights/2026-0001/${name}`, {}] as const),
  ] as const;
  for (const [method, url, body] of routes)
    for (const who of [marie, igor]) t.equal((await who(method, url, body)).status, 403, `${method} ${url}`);
  t.equal((await diane('GET', '/api/rights')).status, 200);
  t.equal((await marie('GET', '/api/incidents')).status, 403);
  t.equal((await igor('GET', '/api/incidents')).status, 200);
});

test('a request goes its way over HTTP, and its numbers go nowhere', async (t) => {
  const { desk, diane } = await web(t);
  const mine = await keepOf(desk);
  const opened = await diane('POST', '/api/rights', { ...OPEN, numbers: ['06 12 34 56 78'] });
  t.match(opened, {
    status: 201,
    body: { id: '2026-0001', status: 'open', dueAt: '2026-12-22T08:00:00.000Z', numbers: 1 },
  });
  t.notMatch(JSON.stringify(opened.body), /Zoë|5678/, 'lists name nobody');
  const at = (name: string, body?: object) => diane('POST', `/api/rights/2026-0001/${name}`, body);
  t.match(await at('search', {}), {
    status: 200,
    body: { recordings: [{ id: mine, heldUntil: null }], calls: [{ id: mine, consent: 'not-refused' }] },
  });
  t.match(await at('search', { numbers: ['061234'] }), {
    status: 400,
    body: { error: { code: 'bad-number' } },
  });
  t.match(await at('identity', { how: 'called back' }), { status: 200, body: { identified: true } });
  t.match(await at('extension', { reason: 'many calls', toldAt: desk.clock().toISOString() }), {
    body: { dueAt: '2027-02-22T08:00:00.000Z' },
  });
  t.match(await at('close', { how: 'answered' }), { status: 409, body: { error: { code: 'not-answered' } } });
  t.match(await at('close', { how: 'withdrawn' }), { status: 200, body: { status: 'closed' } });
  t.match(await at('identity', { how: 'again' }), {
    status: 409,
    body: { error: { code: 'request-closed' } },
  });
  t.match(await diane('GET', '/api/rights/2026-0001'), {
    status: 200,
    body: { person: { name: 'Zoë Martin' }, parties: [PARTY] },
  });
  t.match(await diane('GET', '/api/rights'), {
    body: { figures: { open: 0, overdue: 0, answered: 0, inTime: 0, meanDays: null, medianDays: null } },
  });
  const log = await readFile(join(desk.root, 'audit', 'log'), 'utf8');
  t.notMatch(log, /Zoë|zoe|12 34 56|612345678|061234/);
});

test('what is not in the form is refused, and what is not there is not found', async (t) => {
  const { diane } = await web(t);
  for (const body of [{}, { ...OPEN, kind: 'gossip' }, { ...OPEN, admin: true }, { ...OPEN, numbers: [1] }])
    t.equal((await diane('POST', '/api/rights', body)).status, 400, JSON.stringify(body));
  t.match(await diane('POST', '/api/rights', { ...OPEN, receivedAt: 'never' }), {
    status: 400,
    body: { error: { code: 'bad-received' } },
  });
  t.equal((await diane('GET', '/api/rights/2026-0099')).status, 404);
  t.equal((await diane('GET', '/api/rights/..%2f..%2faudit')).status, 400);
  t.equal((await diane('POST', '/api/rights/2026-0099/erasure')).status, 404);
});

test('an incident is opened, shown with its clock and closed over HTTP', async (t) => {
  const { desk, igor } = await web(t);
  await keepOf(desk);
  const opened = await igor('POST', '/api/incidents', { reason: 'a disk was stolen', client: 'demo' });
  t.match(opened, {
    status: 201,
    body: {
      id: '2026-0001',
      by: 'igor',
      figures: { recordings: 1, persons: 1 },
      clock: { hoursLeft: 72, state: 'running' },
    },
  });
  t.match(await igor('GET', '/api/incidents'), { body: { incidents: [{ id: '2026-0001' }] } });
  t.equal((await igor('POST', '/api/incidents', { reason: 'x', since: 'yesterday' })).status, 400);
  t.equal((await igor('GET', '/api/incidents/2026-0099')).status, 404);
  t.match(await igor('POST', '/api/incidents/2026-0001/close', { note: 'it was encrypted' }), {
    status: 200,
    body: { clock: { state: 'closed' } },
  });
});

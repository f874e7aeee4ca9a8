// The list of recordings over HTTP: what it is asked, who is told, and two clients that never see each other (C34).

import { randomUUID } from 'node:crypto';
import { type Test, test } from 'tap';
import type { Role } from '../../src/access/roles.ts';
import { recordingRow } from '../../src/catalogue-rows.ts';
import { keepOf, openDesk, PARTY } from './support/rights.ts';
import { keep, manifestOf } from './support/store.ts';
import { openWeb } from './support/web.ts';

const LATER = '2027-05-22T08:15:00.123Z';
const SETTINGS = {
  clients: [
    { id: 'demo', name: 'Démonstration', contact: 'dpo@example.org' },
    { id: 'autre', name: 'Autre', contact: 'dpo@example.net' },
  ],
  lines: [
    { did: '+33123456701', client: 'demo', name: 'Accueil' },
    { did: '+33123456709', client: 'autre', name: 'Ventes' },
  ],
  queues: [{ id: 'accueil', client: 'demo', name: 'Accueil' }],
  people: [
    { id: 'nadia', client: 'demo', name: 'Nadia', extensions: ['201'] },
    { id: 'omar', client: 'autre', name: 'Omar', extensions: ['301'] },
    { id: 'chef', client: 'demo', name: 'Chef', extensions: [] },
  ],
};

async function web(t: Test) {
  const desk = await openDesk(t);
  Object.assign(desk.settings.data, SETTINGS);
  const opened = await openWeb(t, desk.appliance, desk.root, desk.clock);
  const limited = async (user: string, roles: Role[], clients: string[]) => {
    const asks = await opened.person(user, roles);
    await opened.people.change(user, () => ({ clients }));
    return asks;
  };
  const entries = async (action: string) =>
    (await desk.audit.entries()).filter((entry) => entry.action === action);
  return { ...opened, desk, limited, entries };
}

/** A recording of the other client, in the vault and in the index. */
async function keepOther({ desk }: Awaited<ReturnType<typeof web>>) {
  const { id, manifest } = await keep(desk, LATER);
  const line = { did: '+33123456709', name: 'Ventes' };
  desk.catalogue.putRecording(recordingRow({ ...manifest, client: 'autre', line, extensions: ['301'] }));
  return id;
}

test('a number is asked for in the body, in any spelling, and found by its fingerprint', async (t) => {
  const w = await web(t);
  const [mine, other] = [await keepOf(w.desk), await keepOther(w)];
  const marie = await w.person('marie', ['manager']);
  for (const number of ['06 12 34 56 78', '+33 6.12.34.56.78', '0033-612345678']) {
    const { status, body } = await marie('POST', '/api/recordings/parties', { number });
    t.match([status, body], [200, { party: PARTY.fingerprint, last4: '5678' }], number);
  }
  const { body } = await marie('GET', `/api/recordings?party=${PARTY.fingerprint}`);
  t.match(body, { recordings: [{ id: mine, outside: { last4: '5678' } }], next: null, total: 2 });
  t.same(body.found, { count: 1, more: false });
  const all = await marie('GET', '/api/recordings');
  t.same(all.body.recordings.map(({ id }: { id: string }) => id).sort(), [mine, other].sort());
  t.match(await marie('POST', '/api/recordings/parties', { number: '0612 34' }), {
    status: 400,
    body: { error: { code: 'bad-number' } },
  });
  t.equal((await marie('GET', '/api/recordings?number=0612345678')).status, 400, 'and never in the address');
});

test('who looks for somebody outside is in the audit log before the answer, once a search, and never for whom', async (t) => {
  const w = await web(t);
  await keepOf(w.desk);
  const marie = await w.person('marie', ['manager']);
  await marie('POST', '/api/recordings/parties', { number: '0612345678' });
  await marie('GET', `/api/recordings?party=${PARTY.fingerprint}`);
  await marie('GET', `/api/recordings?party=${PARTY.fingerprint}&sort=longest`);
  t.match(await w.entries('search-caller'), [{ actor: 'marie', code: 'number', from: '192.0.2.1' }]);
  await marie('GET', '/api/recordings?lastDigits=5678');
  t.match(await w.entries('search-caller'), [{}, { actor: 'marie', code: 'last-digits' }]);
  w.desk.clock.move(16 * 60_000);
  await w.again('marie')('GET', `/api/recordings?party=${PARTY.fingerprint}`);
  t.equal((await w.entries('search-caller')).length, 3, 'a link that was kept is a search of its own');
  t.notMatch(JSON.stringify(await w.desk.audit.entries()), /5678|612345|[0-9a-f]{64}/);
  await marie('GET', '/api/recordings?line=%2B33123456701&extension=201&purpose=quality');
  t.equal((await w.entries('search-caller')).length, 3, 'a line or an extension is nobody outside');
});

test('person, line, queue, client, day, length, purpose, consent, state, hold and due day narrow the list down', async (t) => {
  const w = await web(t);
  const mine = await keepOf(w.desk);
  await keepOther(w);
  w.desk.catalogue.hold(mine, '2028-01-01T00:00:00.000Z');
  const row = w.desk.catalogue.recording(mine);
  w.desk.catalogue.putCall({ ...(w.desk.catalogue.call(mine) as object), queue: 'accueil' } as never);
  const marie = await w.person('marie', ['manager']);
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris' }).format(
    new Date(row?.started_at ?? 0),
  );
  for (const query of [
    'person=nadia',
    'line=%2B33123456701',
    'queue=accueil',
    'client=demo',
    'held=true',
    `client=demo&from=${day}&to=${day}`,
    'client=demo&minSeconds=0&maxSeconds=86400&purpose=quality&consent=not-refused&state=sealed',
  ]) {
    const { body } = await marie('GET', `/api/recordings?${query}`);
    t.same(
      body.recordings?.map(({ id }: { id: string }) => id),
      [mine],
      query,
    );
    t.same(body.found, { count: 1, more: false }, query);
  }
  for (const query of [
    'person=chef',
    'person=nobody',
    'queue=ventes',
    'to=2020-01-01',
    'from=2030-01-01',
    'held=true&dueWithinDays=1',
  ])
    t.same((await marie('GET', `/api/recordings?${query}`)).body.recordings, [], query);
  for (const query of [
    'from=2026-02-30',
    'sort=random',
    'held=perhaps',
    'lastDigits=12',
    'unknown=1',
    'minSeconds=-1',
  ])
    t.equal((await marie('GET', `/api/recordings?${query}`)).status, 400, query);
});

test('pages follow one another in each order, and a cursor is good for its own order', async (t) => {
  const w = await web(t);
  const marie = await w.person('marie', ['manager']);
  for (let count = 0; count < 5; count += 1) {
    const { milliseconds: _, ...row } = recordingRow(manifestOf(randomUUID(), LATER));
    w.desk.catalogue.putRecording({ ...row, milliseconds: count * 1000 });
  }
  for (const sort of ['newest', 'oldest', 'longest', 'due']) {
    const ids: string[] = [];
    let next = '';
    do {
      const { body } = await marie('GET', `/api/recordings?limit=2&sort=${sort}${next && `&cursor=${next}`}`);
      ids.push(...body.recordings.map(({ id }: { id: string }) => id));
      t.equal('found' in body, next === '', 'counted on the first page alone');
      next = body.next ?? '';
    } while (next);
    t.equal(new Set(ids).size, 5, sort);
  }
  const { body } = await marie('GET', '/api/recordings?limit=2&sort=longest');
  t.match(await marie('GET', `/api/recordings?sort=newest&cursor=${body.next}`), {
    status: 400,
    body: { error: { code: 'bad-cursor' } },
  });
});

test('two clients do not see each other: neither in lists nor by name, nor by an id that was guessed (C34)', async (t) => {
  const w = await web(t);
  const [mine, theirs] = [await keepOf(w.desk), await keepOther(w)];
  const anna = await w.limited('anna', ['manager'], ['demo']);
  const bruno = await w.limited('bruno', ['manager', 'dpo'], ['autre']);
  for (const [who, own, others, word] of [
    [anna, mine, theirs, /autre|Ventes|Omar/i],
    [bruno, theirs, mine, /demo|Accueil|Nadia/i],
  ] as const) {
    const list = await who('GET', '/api/recordings');
    t.same(
      list.body.recordings.map(({ id }: { id: string }) => id),
      [own],
    );
    t.equal(list.body.total, undefined, 'nor how many there are');
    t.notMatch(JSON.stringify((await who('GET', '/api/recordings/terms')).body), word);
    for (const query of [
      `client=${own === mine ? 'autre' : 'demo'}`,
      `person=${own === mine ? 'omar' : 'nadia'}`,
    ])
      t.same((await who('GET', `/api/recordings?${query}`)).body.recordings, [], query);
    t.equal((await who('GET', `/api/recordings/${own}`)).status, 200);
    const missing = await who('GET', `/api/recordings/${randomUUID()}`);
    const refused = await who('GET', `/api/recordings/${others}`);
    t.equal(refused.status, 404);
    t.equal(refused.body.error.code, missing.body.error.code, 'as if it was not there');
    t.equal((await who('POST', `/api/recordings/${others}/playback`, { code: 'quality' })).status, 404);
    t.same(
      (await who('POST', '/api/recordings/numbers', { ids: [others], code: 'quality' })).body.tickets,
      [],
    );
    for (const part of ['message', 'details'])
      t.equal((await who('GET', `/api/recordings/${others}/${part}?ticket=x`)).status, 403);
  }
  const refused = await w.entries('refused');
  t.match(
    refused.map(({ actor, recording, reason }) => [actor, recording, reason]),
    [...Array(3).fill(['anna', theirs, 'other-client']), ...Array(3).fill(['bruno', mine, 'other-client'])],
  );
  for (const path of ['/api/retention/preview', '/api/holds', '/api/audit', '/api/rights', '/api/approvals'])
    t.equal((await bruno('GET', path)).status, 403, `${path} tells of all clients`);
  t.same((await bruno('GET', '/api/session')).body.clients, ['autre']);
});

test('who called is opened for many rows at once: each is in the audit log, and no voice comes with it', async (t) => {
  const w = await web(t);
  const [first, second] = [await keepOf(w.desk), await keepOf(w.desk)];
  const marie = await w.person('marie', ['manager']);
  const ids = [first, second, randomUUID()];
  t.equal((await marie('POST', '/api/recordings/numbers', { ids })).status, 400, 'not without a reason');
  const { status, body } = await marie('POST', '/api/recordings/numbers', { ids, code: 'complaint' });
  t.equal(status, 201);
  t.same(
    body.tickets.map(({ id }: { id: string }) => id),
    [first, second],
  );
  t.match(await w.entries('read-number'), [
    { actor: 'marie', recording: first, code: 'complaint' },
    { actor: 'marie', recording: second },
  ]);
  const { ticket } = body.tickets[0];
  t.match(await marie('GET', `/api/recordings/${first}/details?ticket=${ticket}`), {
    status: 200,
    type: 'application/pgp-encrypted',
  });
  t.equal((await marie('GET', `/api/recordings/${first}/message?ticket=${ticket}`)).status, 403);
  t.equal((await marie('GET', `/api/recordings/${second}/details?ticket=${ticket}`)).status, 403);
});

// Two clients of an answering service never see each other (C34), and whole numbers are shown on record alone.

import { randomUUID } from 'node:crypto';
import { test } from 'tap';
import { keepOther, web } from './support/clients.ts';
import { keepOf } from './support/rights.ts';

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

test('a token sees no client that whoever made it may not see at that moment', async (t) => {
  const w = await web(t);
  const [mine, theirs] = [await keepOf(w.desk), await keepOther(w)];
  const marie = await w.person('marie', ['manager'], { steppedUp: true });
  const expiresAt = new Date(w.desk.clock().getTime() + 86_400_000).toISOString();
  async function make(client: string | null, ...scopes: string[]) {
    const { body } = await marie('POST', '/api/tokens', { name: 'crm', scopes, client, expiresAt });
    return w.bearer(body.secret);
  }
  const listed = async (ask: ReturnType<typeof w.bearer>) =>
    (await ask('GET', '/api/recordings')).body.recordings.map(({ id }: { id: string }) => id).sort();
  const all = await make(null, 'recordings:list', 'holds:read');
  const [own, others] = [
    await make('demo', 'recordings:list', 'api:read'),
    await make('autre', 'recordings:list'),
  ];
  t.same(await listed(all), [mine, theirs].sort());
  t.same([await listed(own), await listed(others)], [[mine], [theirs]]);
  t.same((await own('GET', '/api/recordings?client=autre')).body.recordings, []);
  t.notMatch(JSON.stringify((await own('GET', '/api/recordings/terms')).body), /autre|Ventes|Omar/);
  t.equal((await own('GET', '/api/openapi.json')).status, 200, 'which says nothing of a client');
  t.equal((await all('GET', '/api/holds')).status, 200);
  await w.people.change('marie', () => ({ clients: ['demo'] }));
  t.same([await listed(all), await listed(own), await listed(others)], [[mine], [mine], []]);
  t.equal((await all('GET', `/api/recordings/${theirs}`)).status, 404);
  t.equal((await all('GET', '/api/holds')).status, 403, 'which tells of all clients');
  t.match(await w.entries('refused'), [
    { actor: /^token /, recording: theirs, reason: 'other-client' },
    { actor: /^token /, reason: 'holds:read' },
  ]);
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

test('an IT admin limits somebody to clients, from the invitation on or later; what they had open ends', async (t) => {
  const w = await web(t);
  const paul = await w.person('paul', ['it-admin'], { steppedUp: true });
  const invite = (clients: string[]) =>
    paul('POST', '/api/people', { user: 'claire', roles: ['manager'], clients });
  t.match(await invite(['nobody']), { status: 404, body: { error: { code: 'no-such-client' } } });
  t.equal((await invite(['demo'])).status, 201);
  const { people, clients } = (await paul('GET', '/api/people')).body;
  t.match(
    [people[1], clients[1]],
    [
      { user: 'claire', clients: ['demo'] },
      { id: 'autre', name: 'Autre' },
    ],
  );
  const anna = await w.person('anna', ['manager']);
  const limit = (clients: string[] | null, user = 'anna') =>
    paul('PUT', `/api/people/${user}/clients`, { clients });
  t.equal((await limit(['demo'])).status, 204);
  t.equal((await anna('GET', '/api/session')).status, 401, 'the session with all clients is over');
  t.match((await w.again('anna')('GET', '/api/session')).body, { clients: ['demo'] });
  t.equal((await w.again('anna')('GET', '/api/retention/preview')).status, 403);
  t.equal((await limit(null)).status, 204);
  t.equal((await w.again('anna')('GET', '/api/session')).body.clients, undefined);
  t.equal((await limit([])).status, 400, 'no client at all is no limit, it is no access');
  t.match(await limit(['demo'], 'paul'), { body: { error: { code: 'not-oneself' } } });
  t.match(await limit(['demo'], 'nobody'), { body: { error: { code: 'no-such-user' } } });
  t.match((await w.entries('user-limited')).map(({ reason }) => reason).slice(0, 2), [
    'anna: demo',
    'anna: all clients',
  ]);
});

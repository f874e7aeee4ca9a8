// A token is for programs: it reads what its scope says, as long as whoever made it may read that, and can never listen.

import { readFile } from 'node:fs/promises';
import { test } from 'tap';
import { PERMISSIONS, ROLES } from '../../src/access/roles.ts';
import { SCOPES } from '../../src/access/tokens.ts';
import { recordingRow } from '../../src/catalogue-rows.ts';
import { openKeyWorld } from './support/keys.ts';
import { manifestOf } from './support/store.ts';
import { type Method, openWeb } from './support/web.ts';

const EXPIRES = '2027-06-01T00:00:00.000Z';
const CLIENTS = [
  { id: 'dupont', name: 'Cabinet Dupont' },
  { id: 'martin', name: 'Martin SA' },
];

async function world(t: Parameters<typeof openKeyWorld>[0]) {
  const w = await openKeyWorld(t);
  Object.assign(w.settings.data, { clients: CLIENTS });
  const web = await openWeb(t, w.appliance, w.root, w.clock);
  const ask = await web.person('claire', [...ROLES], { steppedUp: true });
  const wish = { name: 'crm', scopes: ['recordings:list'], client: null, expiresAt: EXPIRES };
  const make = async (more: object = {}) => (await ask('POST', '/api/tokens', { ...wish, ...more })).body;
  return { w, ...web, claire: ask, wish, make };
}

const codeOf = ({ status, body }: { status: number; body?: { error?: { code: string } } }) =>
  `${status} ${body?.error?.code ?? ''}`.trim();

test('a token is made with the second factor given once more, shown once, and kept as a hash', async (t) => {
  const { w, again, claire, wish, make } = await world(t);
  t.equal(codeOf(await again('claire')('POST', '/api/tokens', wish)), '403 step-up-needed');
  const { token, secret } = await make();
  t.match(secret, /^grf_[\w-]{43}$/);
  t.match(token, {
    name: 'crm',
    scopes: ['recordings:list'],
    client: null,
    madeBy: 'claire',
    lastUsedAt: null,
  });
  t.notMatch(JSON.stringify((await claire('GET', '/api/tokens')).body), secret);
  for (const file of ['tokens.db', 'tokens.db-wal']) {
    const bytes = await readFile(w.at('access', file), 'latin1').catch(() => '');
    t.notOk(bytes.includes(secret), `${file} does not hold it`);
  }
  const entries = await w.audit.entries();
  t.match(entries.at(-1), { actor: 'claire', action: 'token-made', subject: 'crm' });
  t.notMatch(JSON.stringify(entries), secret);
});

test('a token reads what its scope says, and is noted when it was used', async (t) => {
  const { bearer, claire, make } = await world(t);
  const ask = bearer((await make({ scopes: ['health:read'] })).secret);
  t.equal((await ask('GET', '/api/health')).status, 200);
  t.equal(codeOf(await ask('GET', '/api/recordings')), '403 forbidden');
  const [listed] = (await claire('GET', '/api/tokens')).body.tokens;
  t.equal(listed.lastUsedAt, '2026-11-22T08:00:00.000Z');
});

test('a token with every scope passes on no route that hears, asks, decides or manages', async (t) => {
  const { w, server, bearer, make } = await world(t);
  const ask = bearer((await make({ scopes: SCOPES })).secret);
  for (const { method, url, access, stepUp } of server.inventory.filter((one) => one.access !== 'public')) {
    const body = ['GET', 'DELETE'].includes(method) ? undefined : {};
    const answer = await ask(method as Method, url.replaceAll(/:\w+/g, 'none'), body);
    const permitted = method === 'GET' && !stepUp && (SCOPES as readonly string[]).includes(access);
    t.equal(codeOf(answer) !== '403 forbidden', permitted, `${method} ${url} answers ${answer.status}`);
  }
  const never = /play|hold$|keys|make|join|watch|ask|decide|confirm|manage|work|own|rights/;
  for (const scope of SCOPES) t.notMatch(scope, never);
  t.ok(SCOPES.every((scope) => scope in PERMISSIONS));
  t.ok((await w.audit.entries()).some(({ actor, action }) => /^token /.test(actor) && action === 'refused'));
});

test('nobody gives a program what is not theirs, and a token ends with the rights of whoever made it', async (t) => {
  const { person, people, bearer, wish } = await world(t);
  const paul = await person('paul', ['it-admin'], { steppedUp: true });
  t.equal(codeOf(await paul('POST', '/api/tokens', wish)), '403 not-yours-to-give');
  const { secret } = (await paul('POST', '/api/tokens', { ...wish, scopes: ['health:read'] })).body;
  t.equal((await bearer(secret)('GET', '/api/health')).status, 200);
  await people.change('paul', () => ({ roles: ['agent'] }));
  t.equal(codeOf(await bearer(secret)('GET', '/api/health')), '403 forbidden');
});

test('a token of one client sees that client alone', async (t) => {
  const { w, bearer, make, wish, claire } = await world(t);
  const ids = CLIENTS.map(({ id }, index) => {
    const manifest = manifestOf(`00000000-0000-4000-8000-00000000000${index}`, '2027-01-01T00:00:00.000Z');
    w.catalogue.putRecording({ ...recordingRow(manifest), client: id });
    return manifest.id;
  });
  const ask = bearer((await make({ client: 'martin' })).secret);
  const { body } = await ask('GET', '/api/recordings?limit=1');
  t.same(
    [body.recordings.map(({ id }: { id: string }) => id), body.next, body.total],
    [[ids[1]], null, undefined],
  );
  t.equal((await ask('GET', `/api/recordings/${ids[1]}`)).status, 200);
  t.equal(codeOf(await ask('GET', `/api/recordings/${ids[0]}`)), '404 recording-not-found');
  const open = { ...wish, scopes: ['health:read'], client: 'martin' };
  t.equal(codeOf(await claire('POST', '/api/tokens', open)), '400 not-by-client');
  t.equal(codeOf(await claire('POST', '/api/tokens', { ...wish, client: 'nobody' })), '404 no-such-client');
});

test('a token ends on its day, a year off at most, and at once when it is revoked', async (t) => {
  const { w, bearer, claire, make, wish } = await world(t);
  for (const expiresAt of ['2026-11-22T08:00:00.000Z', '2028-01-01T00:00:00.000Z'])
    t.equal(codeOf(await claire('POST', '/api/tokens', { ...wish, expiresAt })), '400 bad-expiry');
  const [one, other] = [await make({ expiresAt: '2026-11-23T08:00:00.000Z' }), await make()];
  t.equal((await claire('DELETE', `/api/tokens/${other.token.id}`)).status, 204);
  t.equal(codeOf(await bearer(other.secret)('GET', '/api/recordings')), '401 bad-token');
  t.equal((await bearer(one.secret)('GET', '/api/recordings')).status, 200);
  w.clock.move(86_400_000);
  t.equal(codeOf(await bearer(one.secret)('GET', '/api/recordings')), '401 bad-token');
});

test('where a token is shown, cookies count for nothing; and it needs no origin', async (t) => {
  const { sessions, people, bearer, make } = await world(t);
  await people.add('marie', ['manager'], 'a long enough password', false);
  const cookies = { '__Host-session': sessions.begin('marie') };
  t.equal(codeOf(await bearer('grf_none', cookies)('GET', '/api/recordings')), '401 bad-token');
  t.equal(codeOf(await bearer('grf_none', cookies)('GET', '/api/session')), '401 not-logged-in');
  const { secret } = await make();
  t.equal(codeOf(await bearer(secret, cookies)('GET', '/api/keys')), '403 forbidden');
});

test('whoever guesses tokens waits, and whoever asks too often does; a good token passes beside a guesser', async (t) => {
  const { bearer, make } = await world(t);
  const { secret } = await make();
  const guess = () => bearer(`grf_${'a'.repeat(43)}`)('GET', '/api/recordings');
  const answers: string[] = [];
  for (let tries = 0; tries < 8; tries += 1) answers.push(codeOf(await guess()));
  t.equal(answers[0], '401 bad-token');
  t.equal(answers.at(-1), '429 too-many-attempts');
  const ask = bearer(secret);
  t.equal((await ask('GET', '/api/recordings')).status, 200);
  let last = '';
  for (let requests = 0; requests < 600; requests += 1)
    last = codeOf(await ask('GET', '/api/recordings?limit=1'));
  t.equal(last, '429 too-many-attempts');
});

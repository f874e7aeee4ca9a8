// Guessing passwords is slow, and slows down nobody else (OWASP ASVS 5.0, 6.3.1); what cannot be undone asks once more.

import { type Test, test } from 'tap';
import { createAttempts } from '../../src/access/attempts.ts';
import { openDevices } from '../../src/access/devices.ts';
import { openKeyWorld } from './support/keys.ts';
import { codeAt, openWeb, PASSWORD } from './support/web.ts';
import { codeOf, handClock, ownFolder } from './support/world.ts';

const MINUTE = 60_000;

async function world(t: Test) {
  const w = await openKeyWorld(t);
  return { ...w, ...(await openWeb(t, w.appliance, w.root, w.clock)) };
}

test('failures make whoever guesses wait, longer each time, up to a quarter of an hour', async (t) => {
  const clock = handClock('2026-11-22T08:00:00Z');
  const attempts = createAttempts(clock);
  const guess = { user: 'claire', address: '192.0.2.7' };
  const blocked = () => codeOf(() => attempts.insist(guess));
  for (let count = 0; count < 4; count += 1) attempts.failed(guess);
  t.equal(await blocked(), 'nothing was thrown', 'four mistakes are human');
  attempts.failed(guess);
  t.equal(await blocked(), 'too-many-attempts');
  clock.move(2_000);
  t.equal(await blocked(), 'nothing was thrown');
  for (let count = 0; count < 30; count += 1) attempts.failed(guess);
  clock.move(15 * MINUTE - 1);
  t.equal(await blocked(), 'too-many-attempts');
  clock.move(1);
  t.equal(await blocked(), 'nothing was thrown');
});

test('an outsider who guesses locks out neither another place nor a browser that is known', async (t) => {
  const clock = handClock('2026-11-22T08:00:00Z');
  const attempts = createAttempts(clock);
  for (let count = 0; count < 40; count += 1) attempts.failed({ user: 'claire', address: '192.0.2.7' });
  t.equal(
    await codeOf(() => attempts.insist({ user: 'claire', address: '192.0.2.8' })),
    'nothing was thrown',
  );
  for (let host = 0; host < 200; host += 1)
    attempts.failed({ user: 'claire', address: `198.51.100.${host}` });
  const elsewhere = { user: 'claire', address: '192.0.2.8' };
  t.equal(await codeOf(() => attempts.insist(elsewhere)), 'too-many-attempts', 'from everywhere at once');
  t.equal(await codeOf(() => attempts.insist({ ...elsewhere, device: 'd1' })), 'nothing was thrown');
  clock.move(MINUTE);
  t.equal(await codeOf(() => attempts.insist(elsewhere)), 'nothing was thrown', 'a minute at most');
  const ipv6 = (host: string) => ({ user: 'paul', address: `2001:db8:1:2:${host}::1` });
  for (let host = 0; host < 9; host += 1) attempts.failed(ipv6(String(host)));
  t.equal(await codeOf(() => attempts.insist(ipv6('ffff'))), 'too-many-attempts', 'one network, one guesser');
});

test('a device cookie is of one person and cannot be made up', async (t) => {
  const folder = await ownFolder(t);
  const devices = await openDevices(folder);
  const cookie = devices.issue('claire');
  t.type((await openDevices(folder)).read(cookie, 'claire'), 'string');
  for (const [wrong, user] of [
    [cookie, 'paul'],
    [`x${cookie}`, 'claire'],
    ['', 'claire'],
    [undefined, 'claire'],
    ['a.b.c', 'claire'],
  ] as const)
    t.equal(devices.read(wrong, user), undefined);
});

test('a log in gives a new session and ends the one before; the refused name is not written down', async (t) => {
  const { ask, people, audit, sessions } = await world(t);
  await people.add('claire', ['agent'], PASSWORD, false);
  const credentials = { user: 'claire', password: PASSWORD };
  const first = await ask('POST', '/api/session', credentials);
  t.match(first, {
    status: 200,
    body: { user: 'claire', permissions: ['scorecards:own', 'extracts:play', 'listens:own'] },
  });
  const second = await ask('POST', '/api/session', credentials, first.cookies);
  t.not(second.cookies['__Host-session'], first.cookies['__Host-session']);
  t.equal(sessions.user(first.cookies['__Host-session'] ?? ''), undefined);
  t.equal((await ask('POST', '/api/session', { ...credentials, user: PASSWORD })).status, 401);
  t.notMatch(JSON.stringify(await audit.entries()), PASSWORD);
  t.equal((await ask('DELETE', '/api/sessions', undefined, second.cookies)).status, 204);
  t.equal((await ask('GET', '/api/session', undefined, second.cookies)).status, 401);
});

test('the second factor once more counts for five minutes, in that session alone', async (t) => {
  const { ask, people, sessions, clock } = await world(t);
  const secret = (await people.add('igor', ['it-admin'], PASSWORD, true)) ?? '';
  const cookies = { '__Host-session': sessions.begin('igor') };
  const other = { '__Host-session': sessions.begin('igor') };
  const invite = (with_: Record<string, string>, user: string) =>
    ask('POST', '/api/people', { user, roles: ['agent'] }, with_);
  t.match(await invite(cookies, 'a1'), { status: 403, body: { error: { code: 'step-up-needed' } } });
  const stepUp = (totp: string) => ask('POST', '/api/session/step-up', { totp }, cookies);
  t.equal((await stepUp('000000')).status, 401);
  t.equal((await stepUp(codeAt(secret, clock()))).status, 204);
  t.equal((await invite(cookies, 'a1')).status, 201);
  t.equal((await invite(other, 'a2')).status, 403, 'not in the other browser');
  clock.move(5 * MINUTE);
  t.equal((await invite(cookies, 'a2')).status, 403);
});

test('who changes the own password is asked for the old one, and ends the own other sessions', async (t) => {
  const { ask, people, sessions } = await world(t);
  await people.add('claire', ['agent'], PASSWORD, false);
  const cookies = { '__Host-session': sessions.begin('claire') };
  const other = sessions.begin('claire');
  const change = (before: string, password: string) =>
    ask('PUT', '/api/account/password', { before, password }, cookies);
  t.equal((await change('wrong', 'another long password')).status, 401);
  t.match(await change(PASSWORD, 'short'), { status: 400, body: { error: { code: 'weak-password' } } });
  t.equal((await change(PASSWORD, 'another long password')).status, 204);
  t.equal(sessions.user(other), undefined);
  t.equal((await ask('GET', '/api/session', undefined, cookies)).status, 200);
  t.equal(
    (await ask('POST', '/api/session', { user: 'claire', password: 'another long password' })).status,
    200,
  );
});

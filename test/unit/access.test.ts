// Who may listen, and that it is written down first.

import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Secret, TOTP } from 'otpauth';
import { test } from 'tap';
import { openPeople } from '../../src/access/people.ts';
import { may, PERMISSIONS } from '../../src/access/roles.ts';
import { openSessions } from '../../src/access/sessions.ts';
import { openAlarms } from '../../src/alarms/alarms.ts';
import { openAudit } from '../../src/audit/journal.ts';
import { createTickets } from '../../src/playback/tickets.ts';
import { createLogger } from '../../src/shared/logger.ts';
import { codeOf, handClock, ownFolder } from './support/world.ts';

const START = '2026-11-22T08:00:00Z';
const MINUTE = 60_000;
const PASSWORD = 'a long enough password';

test('a name and its password let in; a wrong one of either is refused alike', async (t) => {
  const folder = await ownFolder(t);
  const people = await openPeople(folder, handClock(START));
  await people.add('claire', ['agent'], PASSWORD, false);
  t.same(await people.authenticate('claire', PASSWORD, undefined), { user: 'claire', roles: ['agent'] });
  t.equal(await codeOf(() => people.authenticate('claire', `${PASSWORD}!`, undefined)), 'wrong-credentials');
  t.equal(await codeOf(() => people.authenticate('nobody', PASSWORD, undefined)), 'wrong-credentials');
  const file = await readFile(join(folder, 'people.json'), 'utf8');
  t.match(file, /\$argon2id\$v=19\$m=65536,t=3,p=1\$/);
  t.notOk(file.includes(PASSWORD));
});

test('a weak password and a name that exists are refused', async (t) => {
  const people = await openPeople(await ownFolder(t), handClock(START));
  t.equal(await codeOf(() => people.add('claire', ['manager'], 'elevenchars', false)), 'weak-password');
  await people.add('claire', ['manager'], PASSWORD, false);
  t.equal(await codeOf(() => people.add('claire', ['it-admin'], PASSWORD, false)), 'user-exists');
  t.same((await people.find('claire'))?.roles, ['manager']);
});

test('a code of the second factor is asked for, lets in once, and never again', async (t) => {
  const clock = handClock(START);
  const folder = await ownFolder(t);
  const people = await openPeople(folder, clock);
  const secret = (await people.add('claire', ['manager'], PASSWORD, true)) ?? '';
  const code = (shift = 0) =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: clock().getTime() + shift });
  const logIn = (given?: string) => codeOf(() => people.authenticate('claire', PASSWORD, given));
  const wrong = String((Number(code()) + 1) % 1_000_000).padStart(6, '0');
  t.equal(await logIn(), 'totp-required');
  t.equal(await logIn(wrong), 'wrong-credentials');
  t.equal(await logIn(code(-90_000)), 'wrong-credentials', 'too old');
  const used = code();
  t.equal(await logIn(used), 'nothing was thrown');
  t.equal(await logIn(used), 'wrong-credentials', 'seen before');
  const again = await openPeople(folder, clock);
  t.equal(await codeOf(() => again.authenticate('claire', PASSWORD, used)), 'wrong-credentials', 'restarted');
  clock.move(30_000);
  t.equal(await logIn(code()), 'nothing was thrown');
});

test('a session ends when it is not used for half an hour', async (t) => {
  const clock = handClock(START);
  const sessions = await openSessions(await ownFolder(t), clock);
  t.teardown(() => sessions.close());
  const token = sessions.begin('claire');
  clock.move(30 * MINUTE - 1);
  t.equal(sessions.user(token), 'claire');
  clock.move(30 * MINUTE - 1);
  t.equal(sessions.user(token), 'claire', 'using it keeps it');
  clock.move(30 * MINUTE);
  t.equal(sessions.user(token), undefined);
});

test('a session ends after twelve hours, however much it is used', async (t) => {
  const clock = handClock(START);
  const sessions = await openSessions(await ownFolder(t), clock);
  t.teardown(() => sessions.close());
  const token = sessions.begin('claire');
  for (let minutes = 20; minutes < 12 * 60; minutes += 20) {
    clock.move(20 * MINUTE);
    t.equal(sessions.user(token), 'claire', `${minutes} minutes`);
  }
  clock.move(20 * MINUTE);
  t.equal(sessions.user(token), undefined);
});

test('a session survives a restart, ends on demand, and its token is not on disk', async (t) => {
  const folder = await ownFolder(t);
  const before = await openSessions(folder, handClock(START));
  const [one, two] = [before.begin('claire'), before.begin('claire')];
  before.close();
  t.notOk((await readFile(join(folder, 'sessions.db'))).includes(one));
  const sessions = await openSessions(folder, handClock(START));
  t.teardown(() => sessions.close());
  t.equal(sessions.user(one), 'claire');
  sessions.end(one);
  t.equal(sessions.user(one), undefined);
  sessions.endAll('claire');
  t.equal(sessions.user(two), undefined);
  t.equal(sessions.user('guessed'), undefined);
});

const MACHINE = [
  'people:read',
  'people:manage',
  'tokens:manage',
  'health:read',
  'keys:read',
  'keys:recovery',
  'retention:read',
  'approvals:read',
  'time:confirm',
  'incident:work',
  // Telephony alone: what is recorded, and why, the manager decides (ADR 0031).
  'policies:read',
  'policies:manage',
  'api:read',
];

test('the IT admin keeps the machine and hears nothing (C15)', async (t) => {
  for (const permission of Object.keys(PERMISSIONS) as (keyof typeof PERMISSIONS)[])
    t.equal(may(['it-admin'], permission), MACHINE.includes(permission), permission);
  t.ok(may(['manager'], 'recordings:play'));
  t.ok(may(['it-admin', 'manager'], 'recordings:play'));
  t.notOk(may([], 'health:read'));
});

test('a ticket opens one recording for one person for five minutes', async (t) => {
  const clock = handClock(START);
  const tickets = createTickets(clock);
  const ticket = tickets.issue('claire', 'one');
  t.ok(tickets.valid(ticket, 'claire', 'one', 'message'));
  t.notOk(tickets.valid(ticket, 'claire', 'two', 'message'));
  t.notOk(tickets.valid(ticket, 'paul', 'one', 'message'));
  t.notOk(tickets.valid('guessed', 'claire', 'one', 'message'));
  clock.move(5 * MINUTE);
  t.notOk(tickets.valid(ticket, 'claire', 'one', 'message'));
});

test('an entry of the audit log is on disk when the writer is told so (C30)', async (t) => {
  const folder = await ownFolder(t);
  const audit = await openAudit(folder, handClock(START));
  await audit.write({ actor: 'claire', action: 'play', recording: 'one', reason: 'complaint' });
  const text = await readFile(join(folder, 'log'), 'utf8');
  t.match(JSON.parse(text.split('\t')[1] ?? ''), {
    salt: /^[0-9a-f]{32}$/,
    actor: 'claire',
    recording: 'one',
    reason: 'complaint',
  });
  await audit.write({ actor: 'claire', action: 'play', reason: 'two\nlines and a\ttab' });
  t.match(await audit.entries(), [
    { at: '2026-11-22T08:00:00.000Z', actor: 'claire', action: 'play', index: 0 },
    { reason: 'two\nlines and a\ttab', index: 1 },
  ]);
  await writeFile(join(folder, 'log'), `${text}{"at":"2026`);
  t.equal((await audit.entries()).length, 1, 'a line that a power cut left in half is passed over');
});

test('an audit log that cannot be written refuses, so that nothing is played', async (t) => {
  const folder = await ownFolder(t);
  const audit = await openAudit(folder, handClock(START));
  await mkdir(join(folder, 'log'));
  t.equal(await codeOf(() => audit.write({ actor: 'claire', action: 'play' })), 'audit-unavailable');
});

test('an alarm is raised once in ten minutes for the same cause, and once for each call', async (t) => {
  const clock = handClock(START);
  const folder = await ownFolder(t);
  const alarms = await openAlarms(folder, clock, createLogger('silent'));
  await alarms.raise('announcement.failed', 'no audio for accueil');
  await alarms.raise('announcement.failed', 'no audio for accueil');
  await alarms.raise('announcement.failed', 'no audio for standard');
  await alarms.raise('sealing.failed', 'a recording waits', 'call one');
  await alarms.raise('sealing.failed', 'a recording waits', 'call two');
  t.equal((await alarms.latest(50)).length, 4);
  clock.move(10 * MINUTE);
  await alarms.raise('announcement.failed', 'no audio for accueil');
  t.equal((await alarms.latest(50)).length, 5);
  t.equal((await alarms.latest(1))[0]?.at, '2026-11-22T08:10:00.000Z', 'newest first');
});

test('an alarm that cannot be written does not harm whoever raises it', async (t) => {
  const folder = await ownFolder(t);
  const alarms = await openAlarms(folder, handClock(START), createLogger('silent'));
  await rm(folder, { recursive: true });
  await t.resolves(alarms.raise('sealing.failed', 'a recording waits'));
});

// The loss drill, and what is said of keys before it is too late.

import { readdir, readFile } from 'node:fs/promises';
import { test } from 'tap';
import { keysCommands } from '../../src/cli/keys.ts';
import { alarmAboutKeys } from '../../src/keyring/key-alarms.ts';
import { canaryMessage, confirmCanary } from '../../src/keyring/keys-in-force.ts';
import { recipientsOf } from '../../src/keys/recipients.ts';
import { run as runCommand } from './support/cli.ts';
import {
  type KeyWorld,
  keepSealed,
  lay,
  oldEnough,
  openCanary,
  openKeyWorld,
  opens,
} from './support/keys.ts';
import { gpgHome } from './support/peers.ts';
import { codeOf, type MadeKey, makeKey } from './support/world.ts';

const DAY_MS = 86_400_000;
const recovery = await oldEnough('Recovery');
const fingerprint = recovery.privateKey.getFingerprint();

const drill = async (t: Parameters<typeof openKeyWorld>[0], { appliance }: KeyWorld) =>
  JSON.parse((await runCommand(t, keysCommands, appliance, 'keys', 'drill', '--json')).out);

const alarmsOf = async ({ appliance }: KeyWorld) =>
  (await appliance.alarms.latest(50)).map(({ code, message }) => `${code} ${message}`);

test('a canary that nobody has opened for half a year is overdue, and an alarm says so', async (t) => {
  const w = await openKeyWorld(t);
  await lay(w, 'recovery', recovery);
  t.match(await drill(t, w), [
    { fingerprint, label: 'recovery: Recovery', lastOpenedAt: null, overdue: false },
  ]);
  w.clock.move(183 * DAY_MS - 1);
  t.match(await drill(t, w), [{ overdue: false }]);
  await alarmAboutKeys(w.appliance);
  w.clock.move(1);
  t.match(await drill(t, w), [{ overdue: true, dueAt: '2027-05-24T08:00:00.000Z' }]);
  t.match((await runCommand(t, keysCommands, w.appliance, 'keys', 'drill')).out, /OVERDUE/);
  t.notOk((await alarmsOf(w)).some((alarm) => alarm.startsWith('key.drill')));
  await alarmAboutKeys(w.appliance);
  t.ok((await alarmsOf(w)).some((alarm) => alarm.startsWith('key.drill-overdue recovery: Recovery')));
  await openCanary(w, recovery);
  t.match(await drill(t, w), [{ overdue: false, lastOpenedAt: '2027-05-24T08:00:00.000Z' }]);
});

test('a code counts once, a wrong one never, and each attempt is in the audit log', async (t) => {
  const w = await openKeyWorld(t);
  await lay(w, 'recovery', recovery);
  const before = await canaryMessage(w.appliance, fingerprint);
  t.equal(await codeOf(() => confirmCanary(w.appliance, 'marie', fingerprint, 'ABCD-EFGH')), 'wrong-code');
  t.equal(await canaryMessage(w.appliance, fingerprint), before);
  const code = await openCanary(w, recovery);
  t.equal(await codeOf(() => confirmCanary(w.appliance, 'marie', fingerprint, code)), 'wrong-code');
  t.not(await canaryMessage(w.appliance, fingerprint), before);
  t.same(
    (await w.audit.entries()).map(({ action }) => action),
    ['key-drill-refused', 'key-drill', 'key-drill-refused'],
  );
  const [name = ''] = await readdir(w.at('keys', 'canaries'));
  t.notOk(
    (await readFile(w.at('keys', 'canaries', name), 'utf8')).includes(code.trim()),
    'the box has no code',
  );
  t.equal(await codeOf(() => canaryMessage(w.appliance, 'f'.repeat(40))), 'no-such-key');
});

test('gpg opens a canary, and its code may be typed in small letters without hyphens', async (t) => {
  const w = await openKeyWorld(t);
  await lay(w, 'recovery', recovery);
  const gpg = await gpgHome(t);
  await gpg(['--import'], recovery.armoredPrivate);
  const { stdout } = await gpg(['--decrypt'], await canaryMessage(w.appliance, fingerprint));
  const code = Buffer.from(stdout).toString();
  t.match(code, /^([0-9A-Z]{4}-){7}[0-9A-Z]{4}\n$/);
  await confirmCanary(
    w.appliance,
    'marie',
    fingerprint.toUpperCase(),
    code.toLowerCase().replaceAll('-', ' '),
  );
});

test('keys of recovery and of groups are announced 60, 30 and 7 days before they expire', async (t) => {
  const w = await openKeyWorld(t);
  const ends = (days: number) => ({
    date: new Date('2026-01-01T00:00:00Z'),
    // The clock of the tests begins 325 days and eight hours after that.
    keyExpirationTime: (325 + days) * 86_400 + 8 * 3_600,
  });
  await lay(w, 'recovery', recovery);
  await lay(w, 'recovery', await makeKey(ends(59)), 'soon.asc');
  await lay(w, 'recipients/team', await makeKey(ends(59)), 'team.asc');
  await lay(w, 'recipients/other', await makeKey(ends(61)), 'late.asc');
  const expected = async (days: number) => {
    await alarmAboutKeys(w.appliance);
    const raised = (await alarmsOf(w)).filter((alarm) => alarm.includes(`less than ${days} days`));
    t.same(
      new Set(raised),
      new Set([
        `key.expires group team: team.asc expires in less than ${days} days`,
        `key.expires soon.asc expires in less than ${days} days`,
      ]),
    );
  };
  await expected(60);
  w.clock.move(29 * DAY_MS);
  t.equal((await alarmsOf(w)).length, 2);
  await expected(30);
});

test('one bad key among good ones: sealed to the good ones, and an alarm names the other', async (t) => {
  const bad: [string, () => Promise<MadeKey | string>, RegExp][] = [
    ['expired', () => makeKey({ date: new Date('2026-01-01'), keyExpirationTime: 60 }), /it expired/],
    ['ahead of the clock', () => makeKey({ date: new Date('2026-12-24') }), /made in the future/],
    ['no key', async () => 'no key', /not an OpenPGP key/],
  ];
  for (const [what, make, reason] of bad) {
    const w = await openKeyWorld(t);
    await lay(w, 'recovery', recovery);
    await lay(w, 'recovery', await make(), 'bad.asc');
    await lay(w, 'recipients/team', await make(), 'worse.asc');
    const { keys, without } = await recipientsOf(
      w.appliance.config.paths,
      { recipients: ['team'] },
      w.clock(),
    );
    t.same([keys.map(({ file }) => file), without], [['one.asc'], ['team']], what);
    const { id } = await keepSealed(
      t,
      w,
      keys.map(({ armored }) => ({ ...recovery, armoredPublic: armored })),
    );
    t.ok(await opens(w, id, recovery), what);
    await alarmAboutKeys(w.appliance);
    const alarms = (await alarmsOf(w)).sort();
    t.match(alarms, [/^group.no-key/, /^key.unfit bad.asc/, /^key.unfit group team: worse.asc/], what);
    t.match(alarms[1], reason, what);
  }
});

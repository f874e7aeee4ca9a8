// The daily backup: when it runs, what it says when it does not, and the state, which is opened by hand.

import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { test } from 'tap';
import { alarmAboutBackups, backUpWhenDue, backupInBrief } from '../../src/backing-up-daily.ts';
import { isRunDue } from '../../src/backup/schedule.ts';
import { tarOf, untar } from '../../src/backup/tar.ts';
import { backupCommands } from '../../src/cli/backup.ts';
import { filesWith, keepSome, openAppliance, openBackupWorld, statesOn } from './support/backup.ts';
import { run } from './support/cli.ts';
import { gpgHome } from './support/peers.ts';
import { codeOf, ownFolder } from './support/world.ts';

const HOUR_MS = 3_600_000;

test('a daily run is due once on each day of the site, on the nights of a change of clocks too', (t) => {
  // From 00:00 UTC on 24 October to 00:00 UTC on 27 October: Paris goes from UTC+2 to UTC+1 on the 25th at 03:00.
  for (const [from, at, runs] of [
    ['2026-10-24T00:00:00Z', '02:30', ['24T00:30', '25T00:30', '26T01:30']],
    // And from UTC+1 to UTC+2 on 29 March at 02:00: 02:30 is not there, so it is 03:00.
    ['2026-03-28T00:00:00Z', '02:30', ['28T01:30', '29T01:00', '30T00:30']],
  ] as const) {
    const ran: string[] = [];
    let goodAt = new Date(new Date(from).getTime() - HOUR_MS).toISOString();
    for (let minute = 0; minute < 72 * 60; minute += 10) {
      const now = new Date(new Date(from).getTime() + minute * 60_000);
      if (!isRunDue(now, { triedAt: goodAt, goodAt }, at, 'Europe/Paris')) continue;
      goodAt = now.toISOString();
      ran.push(goodAt.slice(8, 16));
    }
    t.same(ran, runs);
  }
  t.end();
});

test('a run that failed is tried again after an hour, and one that a clock ahead has noted says nothing', (t) => {
  const due = (triedAt: string | null, goodAt: string | null) =>
    isRunDue(new Date('2026-11-22T08:00:00Z'), { triedAt, goodAt }, '02:30', 'Europe/Paris');
  t.equal(due(null, null), true);
  t.equal(due('2026-11-22T07:30:00Z', null), false);
  t.equal(due('2026-11-22T06:30:00Z', '2026-11-21T02:00:00Z'), true);
  t.equal(due('2026-11-22T02:00:00Z', '2026-11-22T02:00:00Z'), false);
  t.equal(due('2027-11-22T02:00:00Z', '2027-11-22T02:00:00Z'), true);
  t.end();
});

test('the daemon backs up when it is due, and says what is wrong when it cannot', async (t) => {
  const world = await openBackupWorld(t);
  await keepSome(t, world, 1);
  t.same(await backupInBrief(world.appliance), { lastAt: null, ok: false, headersSets: 0 });
  await backUpWhenDue(world.appliance);
  t.same(await readdir(world.target), ['greffier-backup.json'], 'none is asked for');
  Object.assign(world.appliance.config, { backup: { folder: world.target, at: '02:30' } });
  await backUpWhenDue(world.appliance);
  t.same(await backupInBrief(world.appliance), {
    lastAt: '2026-11-22T08:00:00.000Z',
    ok: true,
    headersSets: 1,
  });
  world.clock.move(24 * HOUR_MS);
  await rename(world.target, world.at('elsewhere'));
  await backUpWhenDue(world.appliance);
  await alarmAboutBackups(world.appliance);
  t.match(await world.alarms.latest(9), [{ code: 'backup.failed', message: /no backup target/ }]);
  world.clock.move(25 * HOUR_MS);
  await alarmAboutBackups(world.appliance);
  t.match((await world.alarms.latest(9))[0], { code: 'backup.overdue', message: /since 2026-11-22/ });
  world.clock.move(6 * 24 * HOUR_MS);
  await alarmAboutBackups(world.appliance);
  t.match((await world.alarms.latest(9))[0], {
    code: 'backup.headers-old',
    message: /headers of 2026-11-22/,
  });
});

test('an appliance without backups has none, and raises nothing', async (t) => {
  const world = await openAppliance(t);
  t.equal(await backupInBrief(world.appliance), null);
  await alarmAboutBackups(world.appliance);
  t.same(await world.alarms.latest(9), []);
});

test('the state opens with the recovery key by gpg and tar, and has what no playbook makes again', async (t) => {
  const world = await openBackupWorld(t);
  await mkdir(world.at('access'));
  await writeFile(world.at('access', 'sessions.db-wal'), 'a session');
  await writeFile(world.at('access', 'people.json'), 'a second factor');
  const { set } = await world.run();
  const gpg = await gpgHome(t);
  await gpg(['--import'], world.recovery.armoredPrivate);
  const sealed = await readFile(join(world.target, 'sets', set, 'state.tar.pgp'));
  const { stdout, exitCode } = await gpg(['--decrypt'], sealed);
  t.equal(exitCode, 0);
  const folder = await ownFolder(t);
  await execa('tar', ['--extract', '--directory', folder], { input: Buffer.from(stdout) });
  const inside = (...names: string[]) => readFile(join(folder, world.at(...names)));
  t.same(await inside('keys', 'signing.key.asc'), await readFile(world.at('keys', 'signing.key.asc')));
  t.match((await inside('etc', 'secrets', 'hmac')).toString(), 'a secret');
  t.match((await inside('etc', 'recovery', 'one.asc')).toString(), 'PUBLIC KEY');
  t.match((await inside('audit', 'log')).toString(), '"action":"backup"');
  for (const name of ['vault', 'catalogue', 'mounted', 'access/sessions.db-wal'])
    await t.rejects(inside(name), { code: 'ENOENT' }, name);
  t.equal((await statesOn(world)).length, 1);
  for (const secret of ['a second factor', 'PRIVATE KEY', 'a secret that searches'])
    t.same(await filesWith(world.target, Buffer.from(secret)), [], 'not in clear');
});

test('twenty thousand headers are written and read as they come, and never gathered', async (t) => {
  let [made, longest, read] = [0, 0, 0];
  const entries = function* () {
    for (; made < 20_000; made += 1)
      yield { name: `2026/11/22/${made}/header.pgp`, content: Buffer.alloc(192, made) };
  };
  const archive = async function* () {
    for await (const chunk of tarOf(entries(), new Date())) {
      longest = Math.max(longest, chunk.length);
      yield chunk;
    }
  };
  let ahead = 0;
  for await (const { content } of untar(archive())) {
    if (content[0] !== read % 256) t.fail(`header ${read} is another one`);
    read += 1;
    ahead = Math.max(ahead, made - read);
  }
  t.equal(read, 20_000);
  t.ok(longest < 300_000, `${longest} bytes at once`);
  t.ok(ahead < 300, `${ahead} headers in memory`);
});

test('sets are what every tar reads, and what is cut off or is no plain file is refused', async (t) => {
  const entries = Array.from({ length: 300 }, (_, index) => ({
    name: `2026/11/22/${index}/header.pgp`,
    content: Buffer.alloc(index * 5, index),
  }));
  const archive = Buffer.concat(await Array.fromAsync(tarOf(entries, new Date('2026-11-22T08:00:00Z'))));
  const { stdout } = await execa('tar', ['--list', '--verbose', '--utc', '--full-time'], { input: archive });
  t.equal(stdout.split('\n').length, 300);
  t.match(stdout, /-rw------- .* 1495 2026-11-22 08:00:00 2026\/11\/22\/299\/header\.pgp/);
  const read = (bytes: Buffer) =>
    Array.fromAsync(
      untar(
        (async function* () {
          yield bytes;
        })(),
      ),
    );
  t.same(
    (await read(archive)).map(({ content }) => Buffer.from(content)),
    entries.map(({ content }) => content),
  );
  t.equal(await codeOf(() => read(archive.subarray(0, 5_000))), 'bad-archive');
  const folder = await ownFolder(t);
  await execa('ln', ['-s', '/etc/passwd', join(folder, 'link')]);
  const linked = await execa('tar', ['--create', '--directory', folder, 'link'], { encoding: 'buffer' });
  t.equal(await codeOf(() => read(Buffer.from(linked.stdout))), 'bad-archive');
});

test('the command line makes a target, runs, checks and restores, and its exit status tells', async (t) => {
  const world = await openAppliance(t);
  const [one] = await keepSome(t, world, 1);
  await mkdir(world.at('share'));
  const command = (...words: string[]) => run(t, backupCommands, world.appliance, 'backup', ...words);
  t.equal(await codeOf(() => command('run')), 'no-target');
  t.match(await command('status'), { err: /no target/ });
  const made = await command('init', world.at('share'));
  t.match(made, { out: /target\s+[0-9a-f-]{36}/, err: /is its own disk mounted there/ });
  t.match(await command('run', world.at('share'), '--json'), { out: /"copied": 1/, status: 0 });
  t.match(await command('status'), { out: /true\s+2026-11-22T08:00:00\.000Z\s+1\s+20261122T080000Z/ });
  t.match(await command('check', world.at('share')), { out: /1 bodies, 1 headers/, status: 0 });
  const trial = await command('restore', world.at('share'), '--into', world.at('trial'));
  t.match(trial, { out: /restored\s+1/, err: /destroy all of it after the trial/, status: 0 });
  t.same(await readdir(world.at('trial', '2026', '05', '22')), [one?.id]);
  t.match(await command('restore', world.at('share'), '--dry-run'), { out: /kept\s+1/ });
  const [target = ''] = (await readdir(world.at('backups'))).map((name) => name.replace('.json', ''));
  t.match(await command('forget', target, '--reason', 'wiped'), { out: `forgotten ${target}` });
});

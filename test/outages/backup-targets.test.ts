// Where backups go: a disk or a share that may be missing, full, damaged, or in somebody else's hands.

import { mkdirSync, renameSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'tap';
import { checkBackup, isSound } from '../../src/backing-up-check.ts';
import { addTarget, forgetTarget, targetsOf } from '../../src/backing-up-daily.ts';
import { destroy, filesIn, keepSome, openBackupWorld } from '../unit/support/backup.ts';
import { flip } from '../unit/support/evidence.ts';
import { DAY } from '../unit/support/keys.ts';
import { codeOf } from '../unit/support/world.ts';

test('a target that is not mounted is missed, and nothing is written in its place', async (t) => {
  const world = await openBackupWorld(t);
  await keepSome(t, world, 1);
  await rename(world.target, world.at('elsewhere'));
  await mkdir(world.target);
  t.equal(await codeOf(world.run), 'backup-missing');
  t.same(await readdir(world.target), []);
  await rm(world.target, { recursive: true });
  await rename(world.at('elsewhere'), world.target);
  t.match(await world.run(), { copied: 1 }, 'and is found again');
});

test('a target that goes in the middle of a run ends it, and nothing more is written', async (t) => {
  const world = await openBackupWorld(t);
  await keepSome(t, world, 2);
  const reached = (step: string) => {
    if (step !== 'copy one') return;
    renameSync(world.target, world.at('elsewhere'));
    mkdirSync(world.target);
  };
  t.equal(await codeOf(() => world.run({ reached })), 'backup-missing');
  t.same(await filesIn(world.target), []);
});

test('a target is made of an empty folder only, and one of another appliance is not written to', async (t) => {
  const world = await openBackupWorld(t);
  t.equal(await codeOf(() => addTarget(world.appliance, world.at('vault'), 'root')), 'target-in-use');
  t.equal(await codeOf(() => addTarget(world.appliance, world.at('nowhere'), 'root')), 'backup-missing');
  const other = await openBackupWorld(t);
  await rm(world.target, { recursive: true });
  await rename(other.target, world.target);
  t.equal(await codeOf(world.run), 'unknown-target');
  t.equal(await addTarget(world.appliance, world.target, 'root'), other.targetId, 'until it is taken on');
  t.match(await world.run(), { target: other.targetId });
});

test('a target that is struck off the list is one no more, and the reason is in the audit log', async (t) => {
  const world = await openBackupWorld(t);
  await forgetTarget(world.appliance, world.targetId, 'marie', 'shredded');
  t.same(await targetsOf(world.appliance), []);
  t.match((await world.audit.entries()).at(-1), {
    actor: 'marie',
    subject: world.targetId,
    reason: 'shredded',
  });
  t.equal(await codeOf(world.run), 'unknown-target');
});

test('on a full target bodies are left out, but headers are written and the old ones go: what was destroyed stays so', async (t) => {
  const world = await openBackupWorld(t);
  await keepSome(t, world, 1);
  const report = await world.run({ reserveBytes: Number.MAX_SAFE_INTEGER });
  t.match(report, { copied: 0, headers: 1, faults: ['the target is full: bodies were left out'] });
  t.match(await targetsOf(world.appliance), [
    { goodAt: null, fault: /full/, rotatedAt: '2026-11-22T08:00:00.000Z' },
  ]);
  const check = await checkBackup(world.appliance, world.target);
  t.match(check.findings, [{ fault: 'its header is in the newest set, and its body is not there' }]);
  t.match(await world.run(), { copied: 1, faults: [] }, 'with room again, they are copied');
  t.match(await targetsOf(world.appliance), [{ goodAt: '2026-11-22T08:00:00.000Z', fault: null }]);
});

test('without a fit recovery key the state is left out: nothing of it lies on the share in clear', async (t) => {
  const world = await openBackupWorld(t);
  await rm(world.at('etc', 'recovery', 'one.asc'));
  t.match(await world.run(), { faults: [/no recovery key is fit/], set: '20261122T080000Z' });
  t.notOk((await filesIn(world.target)).some((path) => path.includes('state')));
});

test('what is damaged in the vault is not copied, over nothing that is good, and is told by its id', async (t) => {
  const world = await openBackupWorld(t);
  const [one, two] = await keepSome(t, world, 2);
  if (!one || !two) throw new Error('there are two');
  await flip(world.at('vault', '2026', '05', '22', one.id, 'body.pgp'), 100);
  const report = await world.run();
  t.match(report, {
    copied: 1,
    headers: 2,
    failed: [{ id: one.id, reason: /not the one that the manifest/ }],
  });
});

test('a byte that flips in a body on the target is found by a check, as is one in a set', async (t) => {
  const world = await openBackupWorld(t);
  const [one] = await keepSome(t, world, 1);
  if (!one) throw new Error('there is one');
  t.equal(isSound(await checkBackup(world.appliance, world.target)), false, 'no set yet');
  const { set } = await world.run();
  t.ok(isSound(await checkBackup(world.appliance, world.target)));
  await flip(join(world.target, 'bodies', '2026', '05', '22', one.id, 'body.pgp'), 100);
  await flip(join(world.target, 'sets', set, 'state.tar.pgp'), 100);
  const check = await checkBackup(world.appliance, world.target);
  t.match(check, {
    headers: 0,
    bodies: 1,
    sets: [{ fault: /state\.tar\.pgp is not the one that was signed/ }],
    findings: [{ id: one.id, fault: 'body.pgp is not the one that the manifest names' }],
  });
});

test('a tombstone that somebody else laid on the target keeps no living recording out of the backup', async (t) => {
  const world = await openBackupWorld(t);
  const [one] = await keepSome(t, world, 1);
  if (!one) throw new Error('there is one');
  const graves = join(world.target, 'tombstones', '2026', '05');
  await mkdir(graves, { recursive: true });
  await writeFile(join(graves, `${one.id}.json`), JSON.stringify({ id: one.id }));
  t.match(await world.run(), { copied: 1, headers: 1, destroyed: 0 });
  const { findings } = await checkBackup(world.appliance, world.target);
  t.match(findings, [{ id: one.id, fault: /tombstone is not good/ }]);
});

test('a file that cannot be read is missed in the state, and not passed over', async (t) => {
  const world = await openBackupWorld(t);
  await rm(world.at('etc', 'secrets', 'hmac'));
  t.match(await world.run(), { faults: [/the state is not in the set/] });
});

test('what the vault has lost without a tombstone is told, and its copy stays', async (t) => {
  const world = await openBackupWorld(t);
  const [one] = await keepSome(t, world, 1);
  if (!one) throw new Error('there is one');
  await world.run();
  await rm(world.at('vault', '2026', '05', '22', one.id), { recursive: true });
  t.match(await world.run(), { lost: [one.id], destroyed: 0 });
  t.equal((await filesIn(join(world.target, 'bodies'))).length, 4);
});

test('a link on a share does not choose what is overwritten on this machine', async (t) => {
  const world = await openBackupWorld(t);
  const [gone, stays] = await keepSome(t, world, 2);
  if (!gone || !stays) throw new Error('there are two');
  await world.run();
  await destroy(world, gone.id);
  const day = join(world.target, 'bodies', '2026', '05', '22');
  await rm(join(day, gone.id), { recursive: true });
  await symlink(world.at('vault', '2026', '05', '22', stays.id), join(day, gone.id));
  t.equal(await codeOf(world.run), 'bad-target');
  await rm(join(day, gone.id));
  await rm(join(world.target, 'incoming'), { recursive: true });
  await symlink(world.at('vault'), join(world.target, 'incoming'));
  t.equal(await codeOf(world.run), 'bad-target');
  t.same(await world.vault.read(stays.id, DAY, 'body'), stays.sealed.bodyBytes);
  await rm(join(world.target, 'incoming'));
  await writeFile(join(world.target, 'greffier-backup.json'), 'nonsense');
  t.equal(await codeOf(world.run), 'bad-target');
  t.equal(await readFile(join(world.target, 'greffier-backup.json'), 'utf8'), 'nonsense');
});

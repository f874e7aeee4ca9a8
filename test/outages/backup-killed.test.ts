// kill -9 at every step of a backup, and in the middle of a restore. A target is at no moment one that does not restore;
// what was destroyed never comes back; and the next run ends where an undisturbed one does.

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { test } from 'tap';
import { checkBackup, isSound } from '../../src/backing-up-check.ts';
import { restore } from '../../src/restoring.ts';
import {
  anotherMachine,
  DAY_MS,
  destroy,
  filesWith,
  keepSome,
  openBackupWorld,
} from '../unit/support/backup.ts';
import { DAY, opens } from '../unit/support/keys.ts';

const CHILD = join(import.meta.dirname, '..', 'unit', 'support', 'backup-child.ts');
const STEPS = [
  ...['clear', 'tombstones', 'reencrypted', 'destroy', 'destroy one', 'copy', 'copy one', 'set'],
  ...['headers', 'holds', 'calls', 'state', 'finish', 'rotate'],
];

for (const step of STEPS) {
  test(`killed at the step "${step}", a backup restores, and the next run does the rest`, async (t) => {
    const world = await openBackupWorld(t);
    const [gone, stays] = await keepSome(t, world, 2);
    if (!gone || !stays) throw new Error('there are two');
    await world.run();
    await destroy(world, gone.id);
    const [late] = await keepSome(t, world, 1);
    if (!late) throw new Error('there is one');
    const { signal } = await execa(process.execPath, [CHILD, world.root, world.target, step], {
      reject: false,
    });
    t.equal(signal, 'SIGKILL');
    const other = await anotherMachine(t, world);
    const report = await other.bringBack(world.target, { tombstones: world.at('vault') });
    t.same(report.failed, []);
    t.equal(report.restored, step === 'rotate' ? 2 : 1);
    t.ok(await opens(other, stays.id, world.recovery));
    t.equal(await other.vault.has(gone.id, DAY), false);
    world.clock.move(7 * DAY_MS);
    await world.run();
    t.ok(isSound(await checkBackup(world.appliance, world.target)));
    t.same(await readdir(join(world.target, 'incoming')), []);
    t.same(await filesWith(world.target, gone.sealed.header), []);
    t.match(await restore(other.appliance, world.target, { by: 'root' }), { failed: [] });
    t.ok(await opens(other, late.id, world.recovery));
  });
}

test('a restore that was killed goes on where it was', async (t) => {
  const world = await openBackupWorld(t);
  const kept = await keepSome(t, world, 3);
  await world.run();
  const other = await anotherMachine(t, world);
  const { signal } = await execa(process.execPath, [CHILD, other.root, world.target, 'restore'], {
    reject: false,
  });
  t.equal(signal, 'SIGKILL');
  t.match(await other.bringBack(world.target), { restored: 2, kept: 1, failed: [] });
  for (const { id } of kept) t.ok(await opens(other, id, world.recovery));
});

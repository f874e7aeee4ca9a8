// The way back from a backup: nothing that was destroyed comes back, nothing that is there is overwritten, and nothing that
// was changed on the share is believed.

import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Test, test } from 'tap';
import { rebuildCatalogue } from '../../src/catalogue-rows.ts';
import { createDestruction } from '../../src/destruction.ts';
import { type Rotation, rotations } from '../../src/keys/rotation-file.ts';
import { restore } from '../../src/restoring.ts';
import {
  anotherMachine,
  DAY_MS,
  destroy,
  filesIn,
  keepSome,
  openAppliance,
  openBackupWorld,
} from './support/backup.ts';
import { flip } from './support/evidence.ts';
import { DAY, opens } from './support/keys.ts';
import { keepCall, swept, unreadable } from './support/store.ts';
import { codeOf, RECORDED_CALL } from './support/world.ts';

const graves = (root: string) => join(root, 'tombstones', '2026', '05');

async function backedUp(t: Test, count: number) {
  const world = await openBackupWorld(t);
  const ids = (await keepSome(t, world, count)).map(({ id }) => id) as [string, ...string[]];
  await world.run();
  return { world, ids, other: await anotherMachine(t, world) };
}

test('what was destroyed after the last backup stays so, when its tombstone is given', async (t) => {
  const { world, ids, other } = await backedUp(t, 2);
  await destroy(world, ids[0]);
  const report = await other.bringBack(world.target, { tombstones: world.at('vault') });
  t.match(report, { restored: 1, destroyed: 1, tombstones: 1 });
  t.equal(await other.vault.has(ids[0], DAY), false);
  t.match(JSON.parse((await other.vault.tombstone(ids[0], DAY)) ?? ''), { id: ids[0], reason: 'objection' });
  t.equal(await codeOf(() => other.bringBack(world.target, { tombstones: '/nowhere' })), 'no-tombstones');
});

test('a recording that is still in an old vault, and has a tombstone in the backup, goes with the next sweep', async (t) => {
  const { world, ids, other } = await backedUp(t, 1);
  await other.bringBack(world.target);
  await destroy(world, ids[0]);
  await world.run();
  t.match(await other.bringBack(world.target), { restored: 0, tombstones: 1 });
  await rebuildCatalogue(other.vault, other.catalogue, unreadable);
  const { destroyed } = await swept(createDestruction(other.appliance), other.clock());
  t.same(destroyed, [ids[0]]);
});

test('a tombstone that was taken from the target is missed: nothing is restored without it', async (t) => {
  const { world, ids, other } = await backedUp(t, 2);
  await destroy(world, ids[0]);
  await world.run();
  const kept = world.at('kept');
  await cp(graves(world.target), graves(kept), { recursive: true });
  await rm(graves(world.target), { recursive: true });
  t.equal(await codeOf(() => other.bringBack(world.target)), 'tombstones-missing');
  t.same(await Array.fromAsync(other.vault.recordings()), []);
  t.match(await other.bringBack(world.target, { tombstones: kept }), { restored: 1, tombstones: 1 });
});

test('a tombstone that somebody else wrote destroys nothing, and is told', async (t) => {
  const { world, ids, other } = await backedUp(t, 2);
  await other.bringBack(world.target);
  await mkdir(graves(world.target), { recursive: true });
  const [forged, foreign] = [
    join(graves(world.target), `${ids[0]}.json`),
    join(graves(world.target), `${ids[1]}.json`),
  ];
  await writeFile(forged, JSON.stringify({ id: ids[0] }));
  // A good one, under another's name.
  const bytes = Buffer.from(JSON.stringify({ id: ids[0] }));
  await writeFile(foreign, bytes);
  await writeFile(`${foreign}.asc`, await other.signer.sign(bytes));
  const report = await other.bringBack(world.target);
  t.match(report, { tombstones: 0 });
  t.same(new Set(report.failed.map(({ id }) => id)), new Set(ids));
  for (const id of ids) t.equal(await other.vault.tombstone(id, DAY), undefined);
});

test('a body without a header in the set is not restored, and is named', async (t) => {
  const { world, ids, other } = await backedUp(t, 2);
  await rm(world.at('vault', '2026', '05', '22', ids[0], 'header.pgp'));
  world.clock.move(DAY_MS);
  await world.run();
  t.match(await other.bringBack(world.target), { restored: 1, withoutHeader: [ids[0]] });
  const [older] = await readdir(join(world.target, 'sets'));
  t.match(
    await other.bringBack(world.target, { set: older ?? '' }),
    { restored: 1 },
    'an older set is chosen by hand',
  );
  t.equal(await codeOf(() => other.bringBack(world.target, { set: '20260101T000000Z' })), 'no-set');
});

test('a body that was changed is not restored; a set that was changed restores nothing', async (t) => {
  const { world, ids, other } = await backedUp(t, 2);
  await flip(join(world.target, 'bodies', '2026', '05', '22', ids[0], 'body.pgp'), 100);
  const report = await other.bringBack(world.target);
  t.match(report, { restored: 1, failed: [{ id: ids[0], reason: /body\.pgp is not the one/ }] });
  t.equal(await other.vault.has(ids[0], DAY), false);
  t.same(await other.vault.arriving.ids(), [], 'nothing is left half restored');
  const [set = ''] = await readdir(join(world.target, 'sets'));
  await flip(join(world.target, 'sets', set, 'headers.tar'), 600);
  t.equal(await codeOf(() => other.bringBack(world.target)), 'bad-set');
  await flip(join(world.target, 'sets', set, 'set.json'), 60);
  t.equal(await codeOf(() => other.bringBack(world.target)), 'foreign-backup');
});

test('another appliance restores nothing, unless it is given the key that the backup was signed with', async (t) => {
  const { world, ids } = await backedUp(t, 1);
  const stranger = await openAppliance(t);
  const attempt = (signingKey?: string) =>
    restore(stranger.appliance, world.target, {
      by: 'root',
      ...(signingKey !== undefined && { signingKey }),
    });
  t.equal(await codeOf(attempt), 'foreign-backup');
  t.match(await attempt(world.signer.publicKey), { restored: 1 });
  t.ok(await opens(stranger, ids[0], world.recovery));
});

test('what is there is never overwritten: the header of a later rotation stays', async (t) => {
  const { world, ids } = await backedUp(t, 1);
  const rotated = Buffer.from((await world.vault.read(ids[0], DAY, 'header')) ?? []).reverse();
  await world.vault.headers.replace(ids[0], DAY, rotated);
  t.match(await restore(world.appliance, world.target, { by: 'root' }), { restored: 0, kept: 1 });
  t.same(await world.vault.read(ids[0], DAY, 'header'), rotated);
});

test('a rotation that is under way can go on, or back, after a restore; the former header comes back for nothing else', async (t) => {
  const { world, ids, other } = await backedUp(t, 1);
  const former = await world.vault.read(ids[0], DAY, 'header');
  await world.vault.headers.replace(ids[0], DAY, Buffer.from(former ?? []));
  await world.run();
  t.match(await other.bringBack(world.target), { restored: 1, failed: [] });
  t.equal(await other.vault.read(ids[0], DAY, 'previous'), undefined);
  const third = await anotherMachine(t, world);
  await rotations(third.at('keys')).write({ id: 'one', state: 'running' } as Rotation);
  t.match(await third.bringBack(world.target), { restored: 1, failed: [] });
  t.same(await third.vault.read(ids[0], DAY, 'previous'), former);
});

test('an old set is not taken by itself: whoever writes on a share may have put it there', async (t) => {
  const { world, other } = await backedUp(t, 1);
  world.clock.move(8 * DAY_MS);
  t.equal(await codeOf(() => other.bringBack(world.target)), 'old-set');
  t.match(await other.bringBack(world.target, { set: '20261122T080000Z' }), { restored: 1 });
});

test('held recordings come back held, and calls with their records: of those destroyed, without the person', async (t) => {
  const world = await openBackupWorld(t);
  const [held, gone] = await keepSome(t, world, 2);
  if (!held || !gone) throw new Error('there are two');
  const holds = world.at('vault', 'holds', '2026');
  await mkdir(holds, { recursive: true });
  await writeFile(join(holds, `${held.id}.json`), '{"until":"2027-05-22T00:00:00.000Z"}');
  for (const { id } of [held, gone]) await keepCall(world as never, id, ...RECORDED_CALL);
  await world.run();
  await destroy(world, gone.id);
  const other = await anotherMachine(t, world);
  const dry = await other.bringBack(world.target, { dryRun: true, tombstones: world.at('vault') });
  t.match(dry, { restored: 1, destroyed: 1, holds: 1, calls: 2, tombstones: 1 });
  t.same(await filesIn(other.at('vault')), [other.at('vault', 'vault.json')], 'a dry run writes nothing');
  t.same(
    await other.bringBack(world.target, { tombstones: world.at('vault') }),
    dry,
    'and says what is done then',
  );
  t.match(await readFile(other.at('vault', 'holds', '2026', `${held.id}.json`), 'utf8'), 'until');
  const [day, record] = [await readdir(other.at('vault', 'calls', '2026')), await callOf(other, gone.id)];
  t.equal(day.length, 1);
  t.match(record, { id: gone.id, outside: { last4: '', fingerprint: '' }, extensions: [] });
  t.match(await callOf(other, held.id), { outside: { last4: '5678' } });
  t.match((await other.audit.entries()).at(-1), {
    action: 'restore',
    actor: 'root',
    subject: world.targetId,
  });
});

async function callOf({ at }: { at(...names: string[]): string }, id: string) {
  const path = (await filesIn(at('vault', 'calls'))).find((file) => file.includes(id));
  return JSON.parse(await readFile(path ?? '', 'utf8'));
}

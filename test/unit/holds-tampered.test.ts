// Whoever can write into the vault, and cannot sign, ends no hold: what was tampered with holds on, and says so (C24).

import { copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { test } from 'tap';
import { destroyEarly } from '../../src/early-destruction.ts';
import { attendToHolds } from '../../src/hold-alarms.ts';
import { noteHolds, releaseHold, renewHold } from '../../src/legal-holds.ts';
import { BY, DAY_MS, holdFor, inDays, openHeld } from './support/held.ts';
import { isThere, keep, swept } from './support/store.ts';
import { codeOf } from './support/world.ts';

type Held = Awaited<ReturnType<typeof openHeld>>;

/** What stands in the way of a destruction before its day. */
const early = ({ appliance, recording }: Held) => codeOf(() => destroyEarly(appliance, recording.id, 'pci'));

async function remove(path: string): Promise<void> {
  for (const ending of ['', '.asc']) await rm(`${path}${ending}`);
}

test('the signed release of one hold releases no other', async (t) => {
  const held = await openHeld(t);
  const other = await holdFor(held.store, [(await keep(held.store, inDays(held.store, 9))).id], 50);
  await releaseHold(held.appliance, other.id, 'closed', BY);
  const release = await held.event(2, other.id);
  const copy = join(release, '..', basename(release).replace(other.id, held.hold.id));
  for (const ending of ['', '.asc']) await copyFile(`${release}${ending}`, `${copy}${ending}`);
  t.equal(await early(held), 'recording-held');
  t.match(
    (await held.store.holds.all()).find(({ id }) => id === held.hold.id),
    {
      releasedAt: null,
      damage: `event 2: it is of hold ${other.id}`,
    },
  );
});

test('an event under another number, or one that is left out, is seen', async (t) => {
  const held = await openHeld(t, { days: 10 });
  for (const days of [20, 30])
    await renewHold(held.appliance, held.hold.id, inDays(held.store, days), 'still open', BY);
  await remove(await held.event(2));
  t.match(await held.store.holds.all(), [{ damage: /event 2 is missing/ }]);
  const third = await held.event(3);
  for (const ending of ['', '.asc'])
    await rename(`${third}${ending}`, `${third.replace('.0003.', '.0002.')}${ending}`);
  t.match(await held.store.holds.all(), [{ damage: /it is event 3/ }]);
  held.store.clock.move(40 * DAY_MS);
  t.equal(await early(held), 'recording-held');
});

test('a hold whose files are removed, or whose renewal is, holds on by the index, and there is an alarm', async (t) => {
  const held = await openHeld(t, { days: 10 });
  await renewHold(held.appliance, held.hold.id, inDays(held.store, 20), 'still open', BY);
  await remove(await held.event(2));
  held.store.clock.move(15 * DAY_MS);
  t.equal(await early(held), 'recording-held', 'its end is that of the renewal');
  await remove(await held.event(1));
  await noteHolds(held.appliance);
  t.equal(await early(held), 'recording-held');
  t.same(await swept(held.store.destruction(), held.store.clock()), { destroyed: [], failed: [] });
  await attendToHolds(held.appliance);
  t.same(await held.codes(), ['hold.damaged']);
  held.store.clock.move(5 * DAY_MS);
  t.same((await swept(held.store.destruction(), held.store.clock())).destroyed, [held.recording.id]);
});

test('a damaged hold is not for ever: two people release it, and what is overdue goes', async (t) => {
  const held = await openHeld(t, { days: 10 });
  await renewHold(held.appliance, held.hold.id, inDays(held.store, 20), 'still open', BY);
  await writeFile(await held.event(2), '{}');
  held.store.clock.move(30 * DAY_MS);
  t.equal(await early(held), 'recording-held', 'past every end that it had');
  const renewal = () => renewHold(held.appliance, held.hold.id, inDays(held.store, 5), 'r', BY);
  t.equal(await codeOf(renewal), 'hold-damaged');
  await releaseHold(held.appliance, held.hold.id, 'closed', BY);
  t.match(await held.event(3), /\.0003\.released\.json$/);
  t.same((await swept(held.store.destruction(), held.store.clock())).destroyed, [held.recording.id]);
});

test('while nobody can tell what a hold is about nothing goes; others can be placed, and it can be released', async (t) => {
  const held = await openHeld(t, { days: 10 });
  const bystander = await keep(held.store, '2026-11-22T07:00:00.000Z');
  await writeFile(await held.event(1), 'no JSON');
  t.equal((await swept(held.store.destruction(), held.store.clock())).destroyed.length, 0);
  const kept = await keep(held.store, '2026-11-22T07:30:00.000Z');
  t.match(await holdFor(held.store, [kept.id], 5), { damage: null });
  await releaseHold(held.appliance, held.hold.id, 'it was damaged', BY);
  t.same((await swept(held.store.destruction(), held.store.clock())).destroyed, [bystander.id]);
  held.store.clock.move(10 * DAY_MS);
  t.equal((await swept(held.store.destruction(), held.store.clock())).destroyed.length, 2, 'at their ends');
});

test('while the vault is not there nothing is destroyed, and nothing is called destroyed', async (t) => {
  const held = await openHeld(t);
  const { root, catalogue } = held.store;
  await rename(join(root, 'vault'), join(root, 'unplugged'));
  await mkdir(join(root, 'vault'));
  catalogue.hold(held.recording.id, null);
  t.equal(await early(held), 'vault-missing');
  t.match(catalogue.recording(held.recording.id), { state: 'sealed', destroyed_at: null });
  await rm(join(root, 'vault'), { recursive: true });
  await rename(join(root, 'unplugged'), join(root, 'vault'));
  t.equal(await early(held), 'recording-held');
  t.ok(await isThere(join(root, held.recording.folder, 'header.pgp')));
});

// A backup in which nothing opens any more what was destroyed, within seven days (C25; RGPD 5(1)(e) and 17).

import { readdirSync, readFileSync } from 'node:fs';
import { copyFile, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { decrypt, readMessage } from 'openpgp';
import { test } from 'tap';
import { keepTheBound } from '../../src/backing-up-daily.ts';
import { untar } from '../../src/backup/tar.ts';
import { rebuildCatalogue } from '../../src/catalogue-rows.ts';
import {
  anotherMachine,
  type BackupWorld,
  DAY_MS,
  destroy,
  filesIn,
  filesWith,
  keepSome,
  openBackupWorld,
  statesOn,
} from '../unit/support/backup.ts';
import { DAY, opens } from '../unit/support/keys.ts';
import { unreadable } from '../unit/support/store.ts';

test('what is backed up comes back on another machine, and opens there with the recovery key', async (t) => {
  const world = await openBackupWorld(t);
  const kept = await keepSome(t, world, 2);
  t.match(await world.run(), { copied: 2, kept: 0, headers: 2, faults: [], failed: [], lost: [] });
  t.match(await world.run(), { copied: 0, kept: 2, headers: 2 }, 'a second run copies nothing again');
  const other = await anotherMachine(t, world);
  t.match(await other.bringBack(world.target), { restored: 2, kept: 0, failed: [], withoutHeader: [] });
  for (const { id, sealed } of kept) {
    t.ok(await opens(other, id, world.recovery));
    t.same(await other.vault.read(id, DAY, 'body'), sealed.bodyBytes);
  }
  t.match(await other.bringBack(world.target), { restored: 0, kept: 2 }, 'a second restore changes nothing');
  await rebuildCatalogue(other.vault, other.catalogue, unreadable);
  t.equal(other.catalogue.recording(kept[0]?.id ?? '')?.due_at, '2027-01-01T00:00:00.000Z', 'due as it was');
});

test('one rotation after a purge nothing in the backup opens the recording, with any key that there is (C25)', async (t) => {
  const world = await openBackupWorld(t);
  const [gone, stays] = await keepSome(t, world, 2);
  if (!gone || !stays) throw new Error('there are two');
  await world.run();
  // Somebody has kept a copy of the body, and may have any of the headers: those are what counts.
  const body = gone.sealed.bodyBytes;
  t.equal(await headersThatOpen(world, body), 1, 'before, one header in the backup opens it');
  t.match(await destroy(world, gone.id), { destroyed: 1 });
  t.equal(await headersThatOpen(world, body), 1, 'the last backup still has it');
  for (let day = 1; day <= 8; day += 1) {
    world.clock.move(DAY_MS);
    const { destroyed } = await world.run();
    t.equal(destroyed, day === 1 ? 1 : 0, 'the next run destroys the copy of the body');
    const oldest = (await readdir(join(world.target, 'sets'))).sort()[0] ?? '';
    if (day === 6) t.ok(oldest > '20261122T080000Z', 'no set comes to be seven days old');
  }
  t.equal(await headersThatOpen(world, body), 0, 'after it none does');
  t.same(await filesWith(world.target, gone.sealed.header), [], 'the session key packets are nowhere');
  t.same(await filesWith(world.target, body.subarray(0, 64)), [], 'nor is the body');
  for (const state of await statesOn(world)) t.notOk(state.includes(gone.sealed.header), 'nor in the state');
  const other = await anotherMachine(t, world);
  t.match(await other.bringBack(world.target), { restored: 1, tombstones: 1, withoutHeader: [] });
  t.equal(await other.vault.has(gone.id, DAY), false);
  t.ok(await opens(other, stays.id, world.recovery), 'the other recording opens as before');
});

test('a rotation of keys reaches the backups too: in the end only the new header is there', async (t) => {
  const world = await openBackupWorld(t);
  const [one] = await keepSome(t, world, 1);
  if (!one) throw new Error('there is one');
  await world.run();
  await world.vault.headers.replace(one.id, DAY, Buffer.from(one.sealed.header).reverse());
  await world.vault.headers.forgetPrevious(one.id, DAY);
  world.clock.move(7 * DAY_MS);
  await world.run();
  t.same(await filesWith(world.target, one.sealed.header), []);
});

test('when runs fail, or come late, a set goes before its seventh day all the same; but never the last one', async (t) => {
  const world = await openBackupWorld(t);
  await world.run();
  world.clock.move(DAY_MS / 2);
  const { set } = await world.run();
  world.clock.move(6.4 * DAY_MS);
  await keepTheBound(world.appliance);
  t.equal((await readdir(join(world.target, 'sets'))).length, 2, 'not yet');
  world.clock.move(DAY_MS / 12);
  await keepTheBound(world.appliance);
  t.same(await readdir(join(world.target, 'sets')), [set]);
  t.match((await world.audit.entries()).at(-1), {
    action: 'backup-set-destroyed',
    subject: world.targetId,
    reason: 'set 20261122T080000Z',
  });
  world.clock.move(7 * DAY_MS);
  await keepTheBound(world.appliance);
  t.same(
    await readdir(join(world.target, 'sets')),
    [set],
    'that is for a person to decide: backup.headers-old',
  );
});

test('a set that a wrong clock has dated ahead does not stay for ever', async (t) => {
  const world = await openBackupWorld(t);
  world.clock.move(365 * DAY_MS);
  const { set: ahead } = await world.run();
  world.clock.move(-365 * DAY_MS);
  const { set, rotated } = await world.run();
  t.same(rotated, [ahead]);
  t.same(await readdir(join(world.target, 'sets')), [set]);
});

test('a recording that was encrypted again takes the place of the former on the target', async (t) => {
  const world = await openBackupWorld(t);
  const [one, other] = await keepSome(t, world, 2);
  if (!one || !other) throw new Error('there are two');
  await world.run();
  const folder = await world.vault.incoming(one.id);
  for (const name of await readdir(other.sealed.folder))
    await copyFile(join(other.sealed.folder, name), join(folder, name));
  const { body, details, recipients } = other.sealed;
  const bytes = Buffer.from(JSON.stringify({ ...one.manifest, body, details, recipients }));
  await world.vault.putManifest(one.id, bytes, await world.signer.sign(bytes));
  const place = world.at('vault', '2026', '05', '22', one.id);
  await rm(place, { recursive: true });
  await rename(folder, place);
  t.match(await world.run(), { copied: 1, kept: 1, lost: [] });
  t.same(await filesWith(world.target, one.sealed.bodyBytes.subarray(0, 64)), []);
});

test('the audit log says of every copy that it goes, before it goes', async (t) => {
  const world = await openBackupWorld(t);
  const [gone] = await keepSome(t, world, 1);
  if (!gone) throw new Error('there is one');
  await world.run();
  await destroy(world, gone.id);
  const place = join(world.target, 'bodies', '2026', '05', '22', gone.id);
  const seen: { files: number; log: string }[] = [];
  await world.run({
    reached(step) {
      if (step !== 'destroy one') return;
      const log = readFileSync(world.at('audit', 'log'), 'utf8').trim().split('\n').at(-1) ?? '';
      seen.push({ files: readdirSync(place).length, log });
    },
  });
  t.equal(seen.length, 1);
  t.equal(seen[0]?.files, 4);
  const [leaf = '', payload = ''] = (seen[0]?.log ?? '').split('\t');
  t.match(JSON.parse(leaf), { action: 'backup-copy-destroyed' });
  t.match(JSON.parse(payload), { recording: gone.id, subject: world.targetId });
  t.same(await filesIn(join(world.target, 'bodies')), []);
});

/** How many of all headers on the target open a body, with the recovery key. */
async function headersThatOpen({ target, recovery }: BackupWorld, body: Buffer): Promise<number> {
  let count = 0;
  for (const name of await readdir(join(target, 'sets'))) {
    const archive = await readFile(join(target, 'sets', name, 'headers.tar'));
    for await (const { content } of untar(chunksOf(archive))) {
      const message = await readMessage({ binaryMessage: Uint8Array.from(Buffer.concat([content, body])) });
      count += await decrypt({ message, decryptionKeys: recovery.privateKey, format: 'binary' }).then(
        () => 1,
        () => 0,
      );
    }
  }
  return count;
}

async function* chunksOf(bytes: Buffer) {
  for (let at = 0; at < bytes.length; at += 1_000) yield bytes.subarray(at, at + 1_000);
}

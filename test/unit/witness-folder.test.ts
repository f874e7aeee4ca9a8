// A witness that is a folder on a share: it takes anything, so the box is strict with it, and with itself.

import { mkdir, readdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { type Test, test } from 'tap';
import { formatOf } from '../../src/log-for-witnesses.ts';
import { folderWitness, MARKER } from '../../src/witness/folder.ts';
import { gpgHome } from './support/peers.ts';
import { WENT_WELL, type WitnessWorld, witnessWorld } from './support/witness.ts';
import { ownFolder } from './support/world.ts';

async function shared(t: Test, name?: string) {
  const share = await ownFolder(t);
  await writeFile(join(share, MARKER), '');
  const w = await witnessWorld(t, [{ id: 'share', kind: 'folder', path: share }], name);
  const folder = join(share, 'demonstration');
  return { ...w, share, folder, files: async () => (await readdir(folder).catch(() => [])).sort() };
}

const named = (...sizes: number[]) =>
  sizes.flatMap((size) => ['asc', 'txt'].map((end) => `${String(size).padStart(12, '0')}.${end}`));

test('a log that grows is accepted, each time in two new files that gpg verifies', async (t) => {
  const w = await shared(t);
  t.equal(await w.push('share'), WENT_WELL);
  t.equal(await w.push('share'), WENT_WELL, 'nothing has grown');
  t.same(await w.files(), named(10));
  const before = await readFile(join(w.folder, '000000000010.txt'), 'utf8');
  for (const more of [1, 6, 15]) {
    await w.grow(more);
    t.equal(await w.push('share'), WENT_WELL);
  }
  t.same(await w.files(), named(10, 11, 17, 32));
  t.equal(await readFile(join(w.folder, '000000000010.txt'), 'utf8'), before, 'nothing is written over');
  const gpg = await gpgHome(t);
  await gpg(['--import'], w.appliance.signer.publicKey);
  const [asc, txt] = named(32).map((name) => join(w.folder, name));
  t.equal((await gpg(['--verify', asc ?? '', txt ?? ''], '')).exitCode, 0);
  t.match(await w.memory('share'), { accepted: { size: 32 }, reachedAt: '2026-11-22T08:00:00.000Z' });
  t.same(await w.alarms(), []);
});

/** The log is changed by whoever has everything but the share. */
const CHANGES: Record<string, (w: WitnessWorld, back: () => Promise<void>) => Promise<void>> = {
  'its tail was cut': (_, back) => back(),
  'its tail was cut, and it has grown to its old size': async (w, back) => {
    await back();
    await w.grow(5, 'nobody');
  },
  'its tail was cut, and it has grown beyond': async (w, back) => {
    await back();
    await w.grow(40, 'nobody');
  },
  'all of it was rewritten and signed with the own key': (w) => w.rewrite(15),
  'all of it was rewritten and is longer': (w) => w.rewrite(33),
};

test('a log that is not what it was is refused at once, with an alarm, and nothing is added', async (t) => {
  for (const [what, change] of Object.entries(CHANGES)) {
    for (const forgetful of [false, true]) {
      const w = await shared(t);
      const back = await w.snapshot();
      await w.grow(5);
      t.equal(await w.push('share'), WENT_WELL);
      await change(w, back);
      // Who holds the box can also wipe what the box remembers.
      if (forgetful) await rm(w.at('witnesses'), { recursive: true });
      t.equal(await w.push('share'), 'witness-refused', what);
      t.same(await w.files(), named(15), what);
      t.same(await w.alarms(), ['witness.refused'], what);
      t.match(await w.memory('share'), { error: { code: 'witness-refused' } });
      const written = (await w.appliance.audit.entries()).filter(
        ({ action }) => action === 'witness-refused',
      );
      t.match(written, [{ actor: 'system', subject: 'share' }], 'the log says so once');
      await w.push('share');
      const again = (await w.appliance.audit.entries()).filter(({ action }) => action === 'witness-refused');
      t.equal(again.length, 1);
    }
  }
});

test('a share that was wiped, and a log that was rewritten, are found out by what the box remembers', async (t) => {
  const w = await shared(t);
  await w.grow(5);
  await w.push('share');
  await rm(w.folder, { recursive: true });
  t.equal(await w.push('share'), WENT_WELL);
  t.same(await w.alarms(), ['witness.forgot'], 'wiped alone: told again, with an alarm');
  await rm(w.folder, { recursive: true });
  await w.rewrite(30);
  t.equal(await w.push('share'), 'witness-refused');
  t.same(await w.files(), []);
});

test('checkpoints of another appliance are never taken for ours', async (t) => {
  const other = await shared(t);
  await other.push('share');
  const w = await witnessWorld(t, [{ id: 'share', kind: 'folder', path: other.share }]);
  await w.grow(3);
  t.equal(await w.push('share'), 'witness-refused');
  t.same(await other.files(), named(10), 'nothing is added to the other’s');
  t.same(await w.alarms(), ['witness.refused']);
});

test('what is no checkpoint of ours is passed over with an alarm, and stays', async (t) => {
  const w = await shared(t);
  await w.push('share');
  const strange: Record<string, string> = {
    '000000000011.txt': 'garbage',
    '000000000012.txt': await readFile(join(w.folder, '000000000010.txt'), 'utf8'),
    '000000000012.asc': await readFile(join(w.folder, '000000000010.asc'), 'utf8'),
    '000000000013.txt': 'x'.repeat(20_000),
    '999999999999.txt': (await readFile(join(w.folder, '000000000010.txt'), 'utf8')).replace(
      '10',
      '999999999999',
    ),
    '999999999999.asc': await readFile(join(w.folder, '000000000010.asc'), 'utf8'),
    'notes.txt': 'of the owner',
  };
  for (const [name, content] of Object.entries(strange)) await writeFile(join(w.folder, name), content);
  await symlink('/dev/zero', join(w.folder, '000000000014.txt'));
  await execa('mkfifo', [join(w.folder, '000000000015.txt')]);
  await w.grow(10);
  t.equal(await w.push('share'), WENT_WELL);
  t.same(await w.alarms(), ['witness.strange']);
  for (const [name, content] of Object.entries(strange))
    t.equal(await readFile(join(w.folder, name), 'utf8'), content, name);
  t.match((await w.files()).join(), '000000000020.txt');
});

test('a name that is taken is not written over; the next checkpoint has another one', async (t) => {
  const w = await shared(t);
  await w.push('share');
  await w.grow(1);
  // As a power cut between the two files leaves it.
  await writeFile(join(w.folder, '000000000011.asc'), 'half');
  t.equal(await w.push('share'), 'witness-unreachable');
  t.equal(await readFile(join(w.folder, '000000000011.asc'), 'utf8'), 'half');
  await w.grow(1);
  t.equal(await w.push('share'), WENT_WELL);
});

test('a share that is not mounted gets nothing, not even a folder', async (t) => {
  const w = await shared(t);
  await w.push('share');
  const away = `${w.share}.away`;
  t.teardown(() => rm(away, { recursive: true, force: true }));
  await rename(w.share, away);
  t.equal(await w.push('share'), 'witness-unreachable', 'no mount point');
  await mkdir(w.share);
  await w.grow(1);
  t.equal(await w.push('share'), 'witness-unreachable', 'a mount point with nothing mounted');
  t.same(await readdir(w.share), []);
  await rm(w.share, { recursive: true });
  await rename(away, w.share);
  t.equal(await w.push('share'), WENT_WELL, 'mounted again');
});

test('a share that goes while it is written to has witnessed nothing', async (t) => {
  const w = await shared(t);
  const format = await formatOf(w.appliance.signer.publicKey);
  const session = await folderWitness(w.share, 'Démonstration', format).open(AbortSignal.timeout(5_000));
  await rm(join(w.share, MARKER));
  const text = 'greffier-checkpoint-1';
  const checkpoint = { origin: 'x', size: 1, root: 'ab', time: 'now' };
  await t.rejects(session.give({ text, signature: 'x' }, checkpoint, undefined), {
    code: 'witness-unreachable',
  });
  t.same(await readdir(w.share), []);
});

test('what is added can be read by whoever reads the share, whatever the daemon masks', async (t) => {
  const w = await shared(t);
  const before = process.umask(0o077);
  t.teardown(() => process.umask(before));
  t.equal(await w.push('share'), WENT_WELL);
  const modes = [w.folder, ...named(10).map((name) => join(w.folder, name))].map(
    async (path) => (await stat(path)).mode,
  );
  t.same(
    (await Promise.all(modes)).map((mode) => mode & 0o777),
    [0o755, 0o644, 0o644],
  );
});

test('a folder that leads somewhere else is not written into', async (t) => {
  const w = await shared(t);
  const elsewhere = await ownFolder(t);
  await symlink(elsewhere, w.folder);
  t.equal(await w.push('share'), 'witness-unreachable');
  t.same(await readdir(elsewhere), []);
});

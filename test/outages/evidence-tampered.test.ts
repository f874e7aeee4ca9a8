// Whatever is changed in an evidence package is found out, also when the list of sums was written anew by whoever did
// it; and nothing clear is left behind.

import { cp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { test } from 'tap';
import {
  copyOf,
  expectRefused,
  exported,
  keepSealed,
  pathWith,
  storeWithRecording,
  sumAgain,
  verify,
} from '../unit/support/evidence.ts';
import { makeKey, ownFolder } from '../unit/support/world.ts';

const recovery = await makeKey();

test('a file that is missing or cut short is found out, though all sums be written anew', async (t) => {
  const { store, id } = await storeWithRecording(t, [recovery.armoredPublic]);
  const good = await exported(t, store, id, '--with-details');
  const files = (await readdir(good, { recursive: true })).filter((name) => name.includes('.'));
  for (const name of files.filter((file) => file !== 'verify.sh')) {
    const [gone, short] = [await copyOf(t, good), await copyOf(t, good)];
    await rm(join(gone, name));
    t.equal((await verify(gone)).status, 1, `without ${name}`);
    await truncate(join(short, name), (await readFile(join(short, name))).length - 40);
    await sumAgain(short);
    t.equal((await verify(short)).status, 1, `short ${name}`);
  }
  const quiet = await copyOf(t, good);
  for (const end of ['line', 'proof']) await rm(join(quiet, 'log', `00000003.${end}`));
  await sumAgain(quiet);
  await expectRefused(t, recovery, quiet, 'a line of the log that was left out');
});

test('the manifest of another recording of the same appliance is found out', async (t) => {
  const { store, id } = await storeWithRecording(t, [recovery.armoredPublic]);
  const other = await keepSealed(t, store, [recovery.armoredPublic]);
  const [one, two] = [await exported(t, store, id), await exported(t, store, other.id)];
  for (const name of ['manifest.json', 'manifest.json.asc']) await cp(join(two, name), join(one, name));
  await sumAgain(one);
  await cp(join(two, 'SHA256SUMS'), join(one, 'SHA256SUMS'));
  await expectRefused(t, recovery, one, 'swapped manifest');
  const { failures } = await verify(one);
  t.ok(failures.some((line) => line.includes('encrypted audio')));
  t.ok(
    failures.some((line) => line.includes('00000000.line')),
    'the log speaks of the other recording',
  );
});

test('a line or a proof of the log that belongs elsewhere is found out', async (t) => {
  const { store, id } = await storeWithRecording(t, [recovery.armoredPublic]);
  const good = await exported(t, store, id);
  const log = (folder: string, name: string) => join(folder, 'log', name);
  const swapped = await copyOf(t, good);
  await cp(log(good, '00000004.proof'), log(swapped, '00000000.proof'));
  const moved = await copyOf(t, good);
  const proof = await readFile(log(good, '00000000.proof'), 'utf8');
  await writeFile(log(moved, '00000000.proof'), proof.replace('index: 0', 'index: 2'));
  const longer = await copyOf(t, good);
  await writeFile(log(longer, '00000000.proof'), `${proof}path: ${'0'.repeat(64)}\n`);
  const newer = await exported(t, store, id);
  const mixed = await copyOf(t, good);
  for (const name of ['checkpoint.txt', 'checkpoint.txt.asc']) await cp(log(newer, name), log(mixed, name));
  for (const folder of [swapped, moved, longer, mixed]) {
    const { status, failures } = await verify(folder);
    t.equal(status, 1);
    t.ok(
      failures.some((line) => line.includes('log/00000000.line')),
      basename(folder),
    );
  }
});

test('a package that somebody has signed with a key of his own is found out by the fingerprint', async (t) => {
  const { store } = await storeWithRecording(t, [recovery.armoredPublic]);
  const forged = await storeWithRecording(t, [recovery.armoredPublic]);
  const folder = await exported(t, forged.store, forged.id);
  t.equal((await verify(folder)).status, 0, 'by itself it holds');
  const asked = ['--fingerprint', store.signer.fingerprint];
  await expectRefused(t, recovery, folder, 'another certificate', asked);
});

test('what gpg has decrypted of an altered message does not stay', async (t) => {
  // Spoilt before it was signed: every sum and signature holds, and only the decryption can tell.
  const spoil = (body: Buffer) => void body.writeUInt8((body.at(-5000) ?? 0) ^ 1, body.length - 5000);
  const { store, id } = await storeWithRecording(t, [recovery.armoredPublic], { spoil });
  const folder = await exported(t, store, id);
  t.equal((await verify(folder)).status, 0);
  const [out, home] = [await ownFolder(t), await ownFolder(t)];
  const key = join(home, 'recovery.asc');
  await writeFile(key, recovery.armoredPrivate);
  for (const tool of ['gpg', 'sq'] as const) {
    const { status, failures } = await verify(folder, ['--open', join(out, 'call.flac'), '--key', key], {
      PATH: await pathWith(t, tool),
      TMPDIR: home,
    });
    t.equal(status, 1, tool);
    t.equal(failures.length, 1, 'opening is what failed');
    t.same(await readdir(out), [], tool);
  }
  t.same(await readdir(home), ['recovery.asc']);
});

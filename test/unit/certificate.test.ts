// That a recording was destroyed, and when and why, can be shown to anybody: with gpg and a shell, and nothing of ours (C23).

import { appendFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { type Test, test } from 'tap';
import type { Appliance } from '../../src/appliance.ts';
import { certificateCommand } from '../../src/cli/certificate.ts';
import { run } from './support/cli.ts';
import { keep, openStore, swept } from './support/store.ts';
import { codeOf, ownFolder } from './support/world.ts';

const DUE = '2026-11-22T08:00:00.000Z';

async function certified(t: Test) {
  const store = await openStore(t);
  const { id } = await keep(store, DUE);
  await store.audit.write({
    actor: 'marie',
    action: 'play',
    recording: id,
    code: 'complaint',
    reason: 'a check',
  });
  const other = await keep(store, '2027-11-22T08:00:00.000Z');
  await swept(store.destruction(), store.clock());
  const to = await ownFolder(t);
  const certificate = (one: string) =>
    run(t, certificateCommand, store as unknown as Appliance, 'certificate', one, '--to', to);
  await certificate(id);
  await execa('tar', ['--extract', `--file=${to}/${id}.purged.tar`, `--directory=${to}`]);
  return { store, id, other: other.id, certificate, folder: join(to, `${id}.purged`) };
}

async function verify(folder: string, ...args: string[]) {
  const { exitCode, stdout } = await execa('sh', [join(folder, 'verify.sh'), ...args], {
    reject: false,
    env: { LANG: 'en_GB.UTF-8' },
  });
  return { good: exitCode === 0, stdout };
}

test('a certificate verifies elsewhere, tells when and why, and names nobody', async (t) => {
  const { store, id, folder } = await certified(t);
  const { good, stdout } = await verify(folder, '--fingerprint', store.signer.fingerprint);
  t.ok(good, stdout);
  t.match(stdout, `recording ${id}, due on ${DUE}, destroyed on ${DUE}: retention-over`);
  t.match(stdout, 'OK      the log tells of the destruction');
  t.equal((await readdir(join(folder, 'log'))).filter((name) => name.endsWith('.line')).length, 2);
  const tombstone = await readFile(join(folder, 'tombstone.json'), 'utf8');
  for (const personal of ['5678', 'f00d', '"201"']) t.notOk(tombstone.includes(personal), personal);
  t.notOk((await verify(folder, '--fingerprint', '0'.repeat(40))).good, 'another key is another appliance');
});

test('whatever is changed in it is found', async (t) => {
  const { folder } = await certified(t);
  const names = (await readdir(folder, { recursive: true })).filter((name) => /\.\w+$/.test(name));
  t.ok(names.length > 10);
  // What stands behind the end of an armored signature is no part of it.
  for (const name of names.filter((one) => one !== 'verify.sh' && one !== 'SHA256SUMS.asc')) {
    const path = join(folder, name);
    const before = await readFile(path);
    await appendFile(path, 'x');
    t.notOk((await verify(folder)).good, name);
    await writeFile(path, before);
  }
  t.ok((await verify(folder)).good);
});

test('what is still there, or never was, has no certificate', async (t) => {
  const { other, certificate } = await certified(t);
  t.equal(await codeOf(() => certificate(other)), 'not-destroyed');
  t.equal(await codeOf(() => certificate('6f1c0b1e-4c1d-4c55-9a55-0d3f7c1f2b90')), 'recording-not-found');
});

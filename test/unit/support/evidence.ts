// Evidence packages of recordings that are really sealed, unpacked as a stranger unpacks them, and verified by the
// script that lies in them.

import { hash, randomUUID } from 'node:crypto';
import { copyFile, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Test } from 'tap';
import type { Appliance } from '../../../src/appliance.ts';
import { recordingRow } from '../../../src/catalogue-rows.ts';
import { recordingsCommands } from '../../../src/cli/recordings.ts';
import { dayOf, type Manifest } from '../../../src/sealing/manifest.ts';
import { canonicalBytes } from '../../../src/shared/canonical.ts';
import { run } from './cli.ts';
import { noise, sealWhole } from './recording.ts';
import { manifestOf, openStore, type Store } from './store.ts';
import { type MadeKey, ownFolder } from './world.ts';

export type Tool = 'gpg' | 'sq';

/** A recording in the vault that opens: with the same audio, sealed to these keys. */
export async function keepSealed(
  t: Test,
  { vault, catalogue, signer }: Store,
  recipients: string[],
  { audio = noise(4_000), spoil = (_: Buffer) => {}, day = '2026-05-22' } = {},
) {
  const id = randomUUID() as string;
  const sealed = await sealWhole(await ownFolder(t), audio, recipients);
  // Before the manifest is made: what a fault of the sealing, and no later hand, would have done.
  spoil(sealed.bodyBytes);
  const manifest: Manifest = {
    ...manifestOf(id, '2027-05-22T08:15:00.123Z'),
    arrivedAt: `${day}T08:15:00.123Z`,
    body: sumOf(sealed.bodyBytes),
    details: sealed.details,
    recipients: sealed.recipients,
    signedBy: signer.fingerprint,
  };
  const folder = await vault.incoming(id);
  for (const name of ['header.pgp', 'details.pgp'])
    await copyFile(join(sealed.folder, name), join(folder, name));
  await writeFile(join(folder, 'body.pgp'), sealed.bodyBytes);
  const bytes = canonicalBytes(manifest);
  await vault.putManifest(id, bytes, await signer.sign(bytes));
  await vault.admit(id, dayOf(manifest));
  catalogue.putRecording(recordingRow(manifest));
  return { id, audio, header: sealed.header, manifest };
}

function sumOf(bytes: Buffer): Manifest['body'] {
  return { bytes: bytes.length, sha256: hash('sha256', bytes) };
}

/** A store with one sealed recording and a log in which others are spoken of too. */
export async function storeWithRecording(
  t: Test,
  recipients: string[],
  options: Parameters<typeof keepSealed>[3] = {},
) {
  const store = await openStore(t);
  const kept = await keepSealed(t, store, recipients, options);
  for (const [action, recording] of [
    ['play', kept.id],
    ['play', randomUUID()],
    ['log-in', undefined],
    ['play', kept.id],
  ] as const)
    await store.audit.write({ actor: 'marie', action, reason: 'a check', ...(recording && { recording }) });
  return { store, ...kept };
}

/** Runs the export as an admin types it, and unpacks what it wrote. Returns the folder of the package. */
export async function exported(t: Test, store: Store, id: string, ...options: string[]): Promise<string> {
  const to = await ownFolder(t);
  const command = ['recordings', 'export', id, '--evidence', '--reason', 'a judge asked', '--to', to];
  await run(t, recordingsCommands, store as unknown as Appliance, ...command, ...options);
  await execa('tar', ['--extract', `--file=${join(to, `${id}.evidence.tar`)}`, `--directory=${to}`]);
  return join(to, `${id}.evidence`);
}

/** Runs verify.sh, in English unless told otherwise. */
export async function verify(folder: string, words: string[] = [], env: Record<string, string> = {}) {
  const ran = await execa('dash', [join(folder, 'verify.sh'), ...words], {
    reject: false,
    env: { LC_ALL: '', LC_MESSAGES: '', LANG: 'en_GB.UTF-8', ...env },
    // What a program that reads from a terminal would wait for.
    stdin: 'ignore',
  });
  const failures = ran.stdout.split('\n').filter((line) => line.startsWith('FAILED'));
  return { status: ran.exitCode, said: ran.stdout, told: ran.stderr, failures };
}

/** A PATH with one of the two programs only. */
export async function pathWith(t: Test, tool: Tool): Promise<string> {
  const folder = await ownFolder(t);
  const others = tool === 'gpg' ? ['sq'] : ['gpg', 'gpgconf', 'gpg-agent'];
  for (const place of ['/usr/bin', '/bin']) {
    for (const name of await readdir(place)) {
      if (!others.includes(name)) await symlink(join(place, name), join(folder, name)).catch(() => {});
    }
  }
  return folder;
}

/** Flips one bit in the middle of a file. */
export async function flip(path: string, at?: number): Promise<void> {
  const bytes = await readFile(path);
  const place = at ?? Math.floor(bytes.length / 2);
  bytes.writeUInt8((bytes[place] ?? 0) ^ 1, place);
  await writeFile(path, bytes);
}

/** The list of sums written anew by whoever tampered. */
export async function sumAgain(folder: string): Promise<void> {
  const { stdout } = await execa('sh', ['-c', 'sha256sum $(cut -c 67- SHA256SUMS) 2>&-; true'], {
    cwd: folder,
  });
  await writeFile(join(folder, 'SHA256SUMS'), `${stdout}\n`);
}

/** A second folder with the same package. */
export async function copyOf(t: Test, folder: string): Promise<string> {
  const copy = join(await ownFolder(t), 'package');
  await mkdir(copy);
  await execa('cp', ['-a', `${folder}/.`, copy]);
  return copy;
}

/**
 * Verifies and opens with both programs, with the recovery key; nothing opens, and nothing is left anywhere.
 * @param words what else verify.sh is asked
 */
export async function expectRefused(
  t: Test,
  { armoredPrivate }: MadeKey,
  folder: string,
  what: string,
  words: string[] = [],
): Promise<void> {
  const [out, home] = [await ownFolder(t), await ownFolder(t)];
  const key = join(home, 'recovery.asc');
  await writeFile(key, armoredPrivate);
  const attempts = (['gpg', 'sq'] as const).map(async (tool) => {
    const open = ['--with', tool, '--open', join(out, `${tool}.flac`), '--key', key];
    const { status, said, failures } = await verify(folder, [...words, ...open], { TMPDIR: home });
    t.equal(status, 1, `${what}, with ${tool}: ${said}`);
    t.ok(
      failures.length >= 2,
      `${what}, with ${tool}: it says what does not hold, and that nothing is opened`,
    );
  });
  await Promise.all(attempts);
  t.same(await readdir(out), [], `${what}: nothing clear`);
  t.same(await readdir(home), ['recovery.asc'], `${what}: nothing else either`);
}

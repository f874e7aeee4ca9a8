// An evidence package stands by itself: whoever has it, a shell and gpg or sq, verifies it and opens it.

import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { test } from 'tap';
import type { Appliance } from '../../src/appliance.ts';
import { recordingsCommands } from '../../src/cli/recordings.ts';
import { run } from './support/cli.ts';
import { exported, pathWith, storeWithRecording, verify } from './support/evidence.ts';
import { samplesOf } from './support/recording.ts';
import { sources } from './support/sources.ts';
import { codeOf, makeKey, ownFolder } from './support/world.ts';

const recovery = await makeKey();
const TOOLS = ['gpg', 'sq'] as const;

test('a good package verifies with gpg and with sq, whichever is there, and opens with the private key', async (t) => {
  const { store, id, audio } = await storeWithRecording(t, [recovery.armoredPublic]);
  const folder = await exported(t, store, id);
  const key = join(await ownFolder(t), 'recovery.asc');
  await writeFile(key, recovery.armoredPrivate);
  for (const tool of TOOLS) {
    const path = await pathWith(t, tool);
    const out = join(await ownFolder(t), 'call.flac');
    const fingerprint = store.signer.fingerprint;
    const words = ['--fingerprint', fingerprint, '--open', out, '--key', key];
    const { status, said, told } = await verify(folder, words, { PATH: path });
    t.equal(status, 0, `${tool}: ${said} ${told}`);
    t.match(said, `the key that signed is ${fingerprint.toUpperCase()}`);
    t.equal(said.match(/^OK .* is in the log$/gm)?.length, 3, 'played twice, and exported');
    t.ok((await samplesOf(await readFile(out))).equals(audio), tool);
  }
});

test('verifying speaks French unless told that English is spoken', async (t) => {
  const { store, id } = await storeWithRecording(t, [recovery.armoredPublic]);
  const folder = await exported(t, store, id);
  for (const LANG of ['fr_FR.UTF-8', 'C', ''])
    t.match((await verify(folder, [], { LANG })).said, /^OK {6}signature du manifeste$/m, LANG);
  t.match((await verify(folder)).said, /^OK {6}signature of the manifest$/m);
});

test('the package says what the log holds of the recording, its own export with the reason too', async (t) => {
  const { store, id } = await storeWithRecording(t, [recovery.armoredPublic]);
  const folder = await exported(t, store, id);
  const lines = (await readdir(join(folder, 'log'))).filter((name) => name.endsWith('.line')).sort();
  t.same(lines, ['00000000.line', '00000003.line', '00000004.line']);
  const last = (part: string) => readFile(join(folder, 'log', `00000004.${part}`), 'utf8');
  t.match(JSON.parse(await last('line')), { action: 'export-evidence' });
  t.match(JSON.parse(await last('payload')), { recording: id, reason: 'a judge asked' });
  const checkpoint = await readFile(join(folder, 'log', 'checkpoint.txt'), 'utf8');
  t.match(checkpoint, /^greffier-checkpoint-1\norigin: Démonstration\nsize: 5\nroot: [0-9a-f]{64}\ntime: /);
});

test('the full number goes in only when it is asked for, and that it was is in the log', async (t) => {
  const { store, id } = await storeWithRecording(t, [recovery.armoredPublic]);
  t.notOk((await readdir(await exported(t, store, id))).includes('details.pgp'));
  const folder = await exported(t, store, id, '--with-details');
  const { status, said } = await verify(folder);
  t.equal(status, 0);
  t.match(said, 'OK      the encrypted details are the manifest');
  t.equal((await store.audit.entries()).at(-1)?.action, 'export-evidence-with-details');
});

test('nothing is written when the log cannot be', async (t) => {
  const { store, id } = await storeWithRecording(t, [recovery.armoredPublic]);
  const to = await ownFolder(t);
  await execa('rm', ['-r', join(store.root, 'audit')]);
  const words = ['recordings', 'export', id, '--evidence', '--reason', 'x', '--to', to];
  const work = () => run(t, recordingsCommands, store as unknown as Appliance, ...words);
  t.equal(await codeOf(work), 'audit-unavailable');
  t.same(await readdir(to), []);
});

test('the archive holds one folder, with neither the time nor the owner of the machine it was made on', async (t) => {
  const { store, id } = await storeWithRecording(t, [recovery.armoredPublic]);
  const folder = await exported(t, store, id);
  const { stdout } = await execa('tar', [
    '--list',
    '--verbose',
    '--utc',
    '--full-time',
    `--file=${folder}.tar`,
  ]);
  const lines = stdout.split('\n');
  for (const line of lines) t.match(line, `2026-05-22 08:15:00 ${id}.evidence/`);
  for (const line of lines) t.match(line, / (0\/0|root\/root) /);
  const names = lines.map((line) => line.split(' ').at(-1));
  t.same(names, [...names].sort());
});

test('the plain export writes the same four files as ever', async (t) => {
  const { store, id } = await storeWithRecording(t, [recovery.armoredPublic]);
  const to = await ownFolder(t);
  await run(
    t,
    recordingsCommands,
    store as unknown as Appliance,
    'recordings',
    'export',
    id,
    '--reason',
    'x',
    '--to',
    to,
  );
  const names = [`${id}.manifest.json`, `${id}.manifest.json.asc`, `${id}.pgp`, 'appliance.asc'];
  // The id may come before or after in the alphabet.
  t.same((await readdir(to)).sort(), names.sort());
  t.equal((await store.audit.entries()).at(-1)?.action, 'export');
});

test('what is for the evidence package only is refused without it, and so is an empty reason', async (t) => {
  const { store, id } = await storeWithRecording(t, [recovery.armoredPublic]);
  const to = await ownFolder(t);
  const code = (reason: string, ...words: string[]) =>
    codeOf(() =>
      run(
        t,
        recordingsCommands,
        store as unknown as Appliance,
        'recordings',
        'export',
        id,
        '--reason',
        reason,
        '--to',
        to,
        ...words,
      ),
    );
  t.equal(await code('x', '--with-details'), 'not-evidence');
  t.equal(await code('x', '--header', '/dev/null'), 'not-evidence');
  t.equal(await code(' ', '--evidence'), 'no-reason');
  t.equal(await code('x', '--evidence', '--header', join(to, 'none')), 'unreadable');
  t.same([await readdir(to), (await store.audit.entries()).length], [[], 4]);
});

test('the files that are the same in every package are shipped with the program', async (t) => {
  const [build] = sources('appliance/build/build.ts');
  t.match(build?.text, 'src/evidence/package');
});

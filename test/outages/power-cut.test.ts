// The power goes in the middle of a recording: RAM is gone with the clear audio, the sheet and the session key. What was
// flushed opens, with nothing but the private key (issue 4, promise 5).

import { createHash } from 'node:crypto';
import { readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Test, test } from 'tap';
import { recoverIncoming } from '../../src/call-path/power-cut.ts';
import type { Encoding } from '../../src/sealing/encoder.ts';
import { parseEnds } from '../../src/sealing/ends.ts';
import { readManifest } from '../../src/sealing/manifest.ts';
import { until } from '../support/until.ts';
import { startDaemon } from '../unit/support/daemon.ts';
import {
  alarms,
  capture,
  DAY,
  openPath,
  type Path,
  recordOf,
  samplesIn,
  writeSheet,
} from '../unit/support/path.ts';
import { noise } from '../unit/support/recording.ts';
import { CALL, makeKey, without } from '../unit/support/world.ts';

const key = await makeKey();
const RUNNING = without('recording.stop', 'call.end');
const SECONDS = 30;

/** A daemon that seals a call that runs, and is gone with all that is in RAM once the last second was flushed. */
async function cut(t: Test, encoding: Encoding = 'flac') {
  const path = await openPath(t, key, { encoding });
  const audio = noise(SECONDS * 8_000);
  const folder = path.vault.arriving.folder(CALL);
  const flushed = async () => parseEnds(await readFile(join(folder, 'ends'), 'utf8').catch(() => ''));
  await writeSheet(path, ...RUNNING);
  const daemon = startDaemon(path.root, key, { encoding });
  for (const seconds of [SECONDS / 2, SECONDS]) {
    await capture(path, audio.subarray((seconds - SECONDS / 2) * 32_000, seconds * 32_000));
    const reached = async () => ((await flushed())[0]?.frames ?? 0) > (seconds - 3) * 8_000;
    await until('it is flushed', reached, 15_000);
  }
  daemon.kill('SIGKILL');
  await daemon;
  await rm(join(path.root, 'spool'), { recursive: true });
  return { path, audio, folder, ends: await flushed() };
}

/** The same vault after the reboot. */
async function afterwards(t: Test, { root }: Path): Promise<Path> {
  const path = await openPath(t, key, { root });
  await recoverIncoming(path);
  return path;
}

const manifestIn = async (path: Path) =>
  readManifest((await path.vault.read(CALL, DAY, 'manifest')) ?? Buffer.alloc(0));

test('what was sealed of a call becomes an interrupted recording, sample by sample', async (t) => {
  const { path, audio } = await cut(t);
  const after = await afterwards(t, path);
  const samples = await samplesIn(after, key);
  t.ok(audio.subarray(0, samples.length).equals(samples), 'it is what was said, from the start');
  // Two seconds are kept back while a call lasts (ADR 0008), and a second may pass between two flushes.
  t.ok(samples.length >= (SECONDS - 3) * 32_000, `${samples.length / 32_000} s of ${SECONDS} s`);
  const manifest = await manifestIn(after);
  t.match(manifest, { state: 'interrupted', consent: 'not-refused', segments: [{ endedAt: null }] });
  t.equal(manifest.audio.milliseconds, samples.length / 32, 'the manifest says how long it is');
  const body = (await after.vault.read(CALL, DAY, 'body')) ?? Buffer.alloc(0);
  t.equal(manifest.body.sha256, createHash('sha256').update(body).digest('hex'));
  t.match(await recordOf(after), { recorded: true, disposition: 'answered', cause: null });
  t.match(after.catalogue.recording(CALL), { state: 'interrupted' });
  t.same(await alarms(after), ['recording.interrupted']);
});

test('Opus too: the file that breaks off is a whole one', async (t) => {
  const { path } = await cut(t, 'opus');
  const after = await afterwards(t, path);
  const { audio } = await manifestIn(after);
  t.equal(audio.encoding, 'opus');
  t.ok(audio.milliseconds >= (SECONDS - 5) * 1_000, `${audio.milliseconds} ms`);
});

test('when the disk lost the last of the body, the end before it counts', async (t) => {
  const { path, audio, folder, ends } = await cut(t);
  const [last, before] = ends;
  t.ok(last && before, 'there was more than one end');
  await truncate(join(folder, 'body.pgp'), (last?.bytes ?? 0) - 1);
  const after = await afterwards(t, path);
  const samples = await samplesIn(after, key);
  t.equal(samples.length, (before?.frames ?? 0) * 4);
  t.ok(audio.subarray(0, samples.length).equals(samples));
});

test('when the disk wrote half of an end, the one before it counts', async (t) => {
  const { path, folder, ends } = await cut(t);
  const file = join(folder, 'ends');
  const text = await readFile(file, 'latin1');
  const at = text.indexOf(String(ends[0]?.sha256));
  await writeFile(file, `${text.slice(0, at)}${'\0'.repeat(64)}${text.slice(at + 64)}`, 'latin1');
  const after = await afterwards(t, path);
  t.equal((await samplesIn(after, key)).length, (ends[1]?.frames ?? 0) * 4);
});

test('bytes that the disk wrote after the last end are left out', async (t) => {
  const { path, folder, ends } = await cut(t);
  await writeFile(join(folder, 'body.pgp'), Buffer.alloc(10_000), { flag: 'a' });
  const after = await afterwards(t, path);
  t.equal((await samplesIn(after, key)).length, (ends[0]?.frames ?? 0) * 4);
});

test('a second power cut during the recovery costs nothing more', async (t) => {
  const { path, folder } = await cut(t);
  const draft = await readFile(join(folder, 'draft.json'));
  const ends = await readFile(join(folder, 'ends'));
  const first = await afterwards(t, path);
  const size = (await first.vault.read(CALL, DAY, 'body'))?.length;
  // As it was when the body had been closed and nothing else been done.
  const again = await openPath(t, key);
  const into = await again.vault.incoming(CALL);
  for (const part of ['header', 'body', 'details'] as const)
    await writeFile(join(into, `${part}.pgp`), (await first.vault.read(CALL, DAY, part)) ?? '');
  await writeFile(join(into, 'draft.json'), draft);
  await writeFile(join(into, 'ends'), ends);
  await recoverIncoming(again);
  t.equal((await again.vault.read(CALL, DAY, 'body'))?.length, size);
  t.ok((await samplesIn(again, key)).length > 0);
});

test('a folder that holds nothing sealed is destroyed and its call counted as one without audio', async (t) => {
  const { path, folder } = await cut(t);
  await truncate(join(folder, 'body.pgp'), 100);
  const after = await openPath(t, key, { root: path.root });
  t.match(await recoverIncoming(after), { empty: [CALL] });
  t.match(await recordOf(after), { recorded: false, reason: 'no-audio' });
  await t.rejects(stat(folder));
});

test('no file that is left while a call is sealed names the caller', async (t) => {
  const { folder } = await cut(t);
  for (const name of ['draft.json', 'ends', 'header.pgp', 'details.pgp', 'body.pgp'])
    t.notOk((await readFile(join(folder, name))).includes('612345678'), name);
});

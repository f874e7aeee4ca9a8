// Killed between any two steps: the next start takes the recording on from where it was. Nothing is lost, nothing is
// there twice, nothing clear is left (issue 4).

import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Test, test } from 'tap';
import { recoverIncoming } from '../../src/call-path/power-cut.ts';
import { STAGES } from '../../src/call-path/stages.ts';
import { rebuildCatalogue } from '../../src/catalogue-rows.ts';
import { readManifest } from '../../src/sealing/manifest.ts';
import { startDaemon } from '../unit/support/daemon.ts';
import {
  alarms,
  capture,
  DAY,
  incoming,
  lookUntil,
  openPath,
  type Path,
  recordOf,
  samplesIn,
  spooled,
  writeSheet,
} from '../unit/support/path.ts';
import { noise } from '../unit/support/recording.ts';
import { unreadable } from '../unit/support/store.ts';
import { CALL, makeKey, ownFolder, RECORDED_CALL } from '../unit/support/world.ts';

const key = await makeKey();
const audio = noise(16_000);

/** A finished call in the spool, and a daemon that is killed on its way through it. */
async function killedAt(t: Test, stage: string): Promise<string> {
  const root = await ownFolder(t);
  const before = await openPath(t, key, { root });
  await writeSheet(before, ...RECORDED_CALL);
  await capture(before, audio);
  const { signal } = await await startDaemon(root, key, { until: stage });
  t.equal(signal, 'SIGKILL', `it was killed at ${stage}`);
  return root;
}

/** Vault, records and index tell of one whole recording, and nothing else is left anywhere. */
async function isWhole(t: Test, path: Path): Promise<void> {
  t.ok((await samplesIn(path, key)).equals(audio), 'every sample is there');
  t.match(await recordOf(path), { recorded: true, reason: null });
  t.same(await spooled(path), [], 'no clear audio');
  t.same(await incoming(path), [], 'nothing half sealed');
  t.same((await readdir(join(path.root, 'vault', '2026', '11', '22', CALL))).sort(), [
    'body.pgp',
    'details.pgp',
    'header.pgp',
    'manifest.json',
    'manifest.json.asc',
  ]);
  const before = [path.catalogue.recordings(10), path.catalogue.calls(10)];
  await rebuildCatalogue(path.vault, path.catalogue, unreadable);
  t.same(
    [path.catalogue.recordings(10), path.catalogue.calls(10)],
    before,
    'the index tells what the vault does',
  );
  t.equal(before[0]?.length, 1);
}

for (const stage of STAGES) {
  test(`killed at "${stage}", the daemon takes the recording on when it is back`, async (t) => {
    const path = await openPath(t, key, { root: await killedAt(t, stage) });
    await recoverIncoming(path);
    await lookUntil(path, 'the spool is empty', async () => (await spooled(path)).length === 0);
    await isWhole(t, path);
    t.same(await alarms(path), []);
  });
}

for (const stage of STAGES.slice(STAGES.indexOf('sealed'))) {
  test(`a power cut at "${stage}" costs nothing of a recording that was sealed`, async (t) => {
    const root = await killedAt(t, stage);
    await rm(join(root, 'spool'), { recursive: true });
    const path = await openPath(t, key, { root });
    await recoverIncoming(path);
    if (path.catalogue.recordings(10).length === 0)
      await rebuildCatalogue(path.vault, path.catalogue, unreadable);
    await isWhole(t, path);
  });
}

test('a power cut before anything was sealed leaves the call explained, and destroys what is empty', async (t) => {
  const root = await killedAt(t, 'sealing');
  await rm(join(root, 'spool'), { recursive: true });
  const path = await openPath(t, key, { root });
  t.match(await recoverIncoming(path), { kept: [], empty: [CALL] });
  t.match(await recordOf(path), { recorded: false, reason: 'no-audio' });
  t.same(await incoming(path), []);
  t.equal(await path.vault.has(CALL, DAY), false);
});

test('what was signed when the power went says so: sealed, not interrupted', async (t) => {
  const root = await killedAt(t, 'signed');
  await rm(join(root, 'spool'), { recursive: true });
  const path = await openPath(t, key, { root });
  await recoverIncoming(path);
  const manifest = readManifest((await path.vault.read(CALL, DAY, 'manifest')) ?? Buffer.alloc(0));
  t.match(manifest, { state: 'sealed', audio: { milliseconds: 2_000 } });
});

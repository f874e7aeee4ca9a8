// The call's path inside the daemon, with the audio, the worker and the files that a call has; without Asterisk.

import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'tap';
import { reconcile } from '../../src/reconcile.ts';
import { readManifest } from '../../src/sealing/manifest.ts';
import {
  alarms,
  capture,
  DAY,
  isClosed,
  lookUntil,
  openPath,
  recordOf,
  samplesIn,
  spooled,
  writeSheet,
} from './support/path.ts';
import { noise } from './support/recording.ts';
import { CALL, instead, makeKey, RECORDED_CALL, without } from './support/world.ts';

const key = await makeKey();
const RUNNING = without('recording.stop', 'call.end');

test('a recorded call is sealed, signed, listed and recorded, and then the spool forgets it', async (t) => {
  const path = await openPath(t, key);
  const audio = noise(16_000);
  await writeSheet(path, ...RUNNING);
  await capture(path, audio);
  await path.path.look();
  await writeSheet(path, ...RECORDED_CALL);
  await lookUntil(path, 'it is closed', () => isClosed(path));
  t.ok((await samplesIn(path, key)).equals(audio));
  const manifest = readManifest((await path.vault.read(CALL, DAY, 'manifest')) ?? Buffer.alloc(0));
  t.match(manifest, {
    client: 'demo',
    policy: { id: 'accueil', generation: '0123456789ab' },
    purpose: 'training',
    retention: 'P90D',
    consent: 'not-refused',
    draw: { value: '1a2b3c4d', threshold: '40000000', share: 25 },
    extensions: ['201'],
    announcements: [{ id: 'accueil-fr-v1', sha256: 'ab12' }],
    segments: [{ reason: 'end' }],
    pauses: [],
    outside: { last4: '5678' },
  });
  t.match(await recordOf(path), { recorded: true, reason: null, client: 'demo', disposition: 'answered' });
  t.match(path.catalogue.call(CALL), { recorded: 1, line_name: 'Accueil' });
  t.match(path.catalogue.recording(CALL), { state: 'sealed', milliseconds: 2_000 });
  t.same(await spooled(path), []);
  t.same(await alarms(path), []);
});

test('when its policy was taken away meanwhile, the strictest rules hold (C21)', async (t) => {
  const path = await openPath(t, key);
  path.settings.data.policies = [];
  await writeSheet(path, ...RECORDED_CALL);
  await capture(path, noise(16_000));
  await lookUntil(path, 'it is closed', () => isClosed(path));
  t.match(path.catalogue.recording(CALL), { purpose: 'quality', due_at: '2026-12-22T08:15:00.123Z' });
});

test('a call that is not recorded has its record too, with the reason', async (t) => {
  const path = await openPath(t, key);
  const [arrival = ''] = RECORDED_CALL;
  await writeSheet(
    path,
    arrival,
    'recording.none reason=not-drawn',
    'answer extension=201',
    'call.end cause=16',
  );
  await lookUntil(path, 'it is closed', () => isClosed(path));
  t.match(await recordOf(path), { recorded: false, reason: 'not-drawn', extensions: [{ extension: '201' }] });
  t.match(path.catalogue.call(CALL), { recorded: 0, reason: 'not-drawn' });
  t.same(await spooled(path), []);
});

test('a power cut between the vault and the spool ends in one recording and one record', async (t) => {
  const path = await openPath(t, key);
  await writeSheet(path, ...RECORDED_CALL);
  await capture(path, noise(16_000));
  await lookUntil(path, 'it is closed', () => isClosed(path));
  const manifest = await path.vault.read(CALL, DAY, 'manifest');
  await rm(join(path.root, 'vault', 'calls'), { recursive: true });
  await writeSheet(path, ...RECORDED_CALL);
  await capture(path, noise(16_000));
  await path.open().look();
  t.match(await recordOf(path), { recorded: true });
  t.same(await path.vault.read(CALL, DAY, 'manifest'), manifest, 'it was not sealed anew');
  t.same(await spooled(path), []);
});

test('a recording that Asterisk could not close is kept up to its last byte', async (t) => {
  const path = await openPath(t, key);
  const audio = noise(8_000);
  await writeSheet(path, ...RUNNING);
  await capture(path, audio);
  await path.path.look();
  await path.path.resync(async () => new Set());
  await lookUntil(path, 'it is closed', () => isClosed(path));
  t.match(path.catalogue.recording(CALL), { state: 'interrupted' });
  t.ok((await samplesIn(path, key)).equals(audio));
});

test('of a manifest nothing but its own format is read', async (t) => {
  const path = await openPath(t, key);
  await writeSheet(path, ...instead('consent', 'consent choice=given'));
  await capture(path, noise(16_000));
  await lookUntil(path, 'it is closed', () => isClosed(path));
  const file = join(path.root, 'vault', '2026', '11', '22', CALL, 'manifest.json');
  const text = await readFile(file, 'utf8');
  t.equal(readManifest(Buffer.from(text)).consent, 'given');
  for (const bad of [
    '',
    '[]',
    'null',
    text.replace('manifest-3', 'manifest-1'),
    text.replace('{', '{"x":1,'),
  ])
    t.throws(() => readManifest(Buffer.from(bad)), { code: 'bad-manifest' }, bad.slice(0, 40));
});

test('once a call is closed all accounts of it tell the same, and a folder that goes is missed', async (t) => {
  const path = await openPath(t, key);
  await writeSheet(path, ...RECORDED_CALL);
  await capture(path, noise(16_000));
  await writeFile(path.config.paths.cel ?? '', '');
  t.same((await reconcile(path, undefined)).drifts, [], 'it is on its way');
  await lookUntil(path, 'it is closed', () => isClosed(path));
  const began = Date.parse('2026-11-22T08:14:00Z') / 1000;
  const events = ['CHAN_START', 'HANGUP', 'LINKEDID_END'].map(
    (event) => `"${event}","${began}.000000","1763799304.7","1763799304.7","PJSIP"\n`,
  );
  await writeFile(path.config.paths.cel ?? '', events.join(''));
  const { drifts, compared } = await reconcile(path, undefined);
  t.same(drifts, []);
  t.match(compared, { calls: 1, recordings: 1, inSpool: 0, inAsterisk: 1 });
  await rm(join(path.root, 'vault', '2026'), { recursive: true });
  const kinds = async (since?: Date) => (await reconcile(path, since)).drifts.map(({ kind }) => kind);
  t.same(await kinds(), ['recording-missing', 'index-without-recording']);
  t.same(await kinds(new Date('2026-11-23T00:00:00Z')), []);
});

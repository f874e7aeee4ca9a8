// Captures that may not be kept, or that are empty: what becomes of them inside the daemon.

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { test } from 'tap';
import {
  alarms,
  capture,
  DAY,
  incoming,
  isClosed,
  lookUntil,
  openPath,
  type Path,
  recordOf,
  samplesIn,
  spooled,
  writeSheet,
} from './support/path.ts';
import { noise } from './support/recording.ts';
import { isThere } from './support/store.ts';
import { CALL, makeKey, RECORDED_CALL, without } from './support/world.ts';

const key = await makeKey();
const RUNNING = without('recording.stop', 'call.end');
const OBJECTION = 'recording.destroyed reason=objection extension=201';

const destructions = async ({ audit }: Path) =>
  (await audit.entries()).filter(({ action }) => action === 'recording-destroyed');

test('an objection destroys what was captured within two seconds, while the call goes on (C04)', async (t) => {
  const path = await openPath(t, key);
  await writeSheet(path, ...RUNNING);
  await capture(path, noise(80_000));
  await path.path.look();
  await lookUntil(path, 'it is being sealed', () =>
    isThere(join(path.root, 'vault', 'incoming', CALL, 'body.pgp')),
  );
  const before = performance.now();
  await writeSheet(path, ...RUNNING, OBJECTION);
  await path.path.look();
  t.ok(performance.now() - before < 2_000);
  t.same(await incoming(path), []);
  t.same(await spooled(path), [`${CALL}.sheet`], 'the sheet stays: the call goes on');
  t.match(await destructions(path), [{ actor: 'extension 201', recording: CALL, reason: 'objection' }]);
  t.equal(await recordOf(path), undefined);
  await writeSheet(path, ...RUNNING, OBJECTION, 'call.end cause=16');
  await lookUntil(path, 'it is closed', () => isClosed(path));
  t.match(await recordOf(path), { recorded: false, reason: 'destroyed', disposition: 'answered' });
  t.equal(await path.vault.has(CALL, DAY), false);
  t.same(await spooled(path), []);
  t.same(await alarms(path), [], 'an objection is no failure');
});

test('a destruction is told once, when the daemon was started anew in between too', async (t) => {
  const path = await openPath(t, key);
  await writeSheet(path, ...RUNNING, OBJECTION);
  await capture(path, noise(8_000));
  await path.path.look();
  await path.open().look();
  t.equal((await destructions(path)).length, 1);
});

test('what was destroyed stays destroyed though the audit log cannot be written, and the call waits for it', async (t) => {
  const path = await openPath(t, key);
  await writeSheet(path, ...RUNNING, OBJECTION, 'call.end cause=16');
  await capture(path, noise(8_000));
  await rm(join(path.root, 'audit'), { recursive: true });
  await path.path.look();
  t.same(await spooled(path), [`${CALL}.sheet`]);
  t.equal(await recordOf(path), undefined);
  t.same(await alarms(path), ['call.unattended']);
});

test('a refusal that comes while it is sealed takes all of it (C02)', async (t) => {
  const path = await openPath(t, key);
  await writeSheet(path, ...RUNNING);
  await capture(path, noise(80_000));
  await lookUntil(path, 'it is being sealed', () =>
    isThere(join(path.root, 'vault', 'incoming', CALL, 'body.pgp')),
  );
  await writeSheet(path, ...RUNNING, 'consent choice=refused', 'call.end cause=16');
  await lookUntil(path, 'it is closed', () => isClosed(path));
  t.match(await recordOf(path), { recorded: false, reason: 'refused' });
  t.same([await incoming(path), await spooled(path)], [[], []]);
  t.same(await alarms(path), ['recording.unlawful']);
});

test('an empty capture is an alarm only where there should be audio', async (t) => {
  for (const [facts, reason, raised] of [
    [RECORDED_CALL, 'no-audio', ['recording.no-audio']],
    [without('answer'), 'unanswered', []],
  ] as const) {
    const path = await openPath(t, key);
    await writeSheet(path, ...facts);
    await capture(path, Buffer.alloc(0));
    await lookUntil(path, 'it is closed', () => isClosed(path));
    t.match(await recordOf(path), { recorded: false, reason });
    t.same([await spooled(path), await incoming(path), await alarms(path)], [[], [], raised]);
  }
});

test('a capture of which a cut leaves nothing is no recording, and says why (C10)', async (t) => {
  const path = await openPath(t, key);
  await writeSheet(path, ...RECORDED_CALL.slice(0, -2), 'recording.cut size=0 reason=excluded', 'call.end');
  await capture(path, noise(8_000));
  await lookUntil(path, 'it is closed', () => isClosed(path));
  t.match(await recordOf(path), { recorded: false, reason: 'excluded' });
  t.same([await spooled(path), await incoming(path)], [[], []]);
});

test('a cut of what was sealed already has it sealed again, without what was cut', async (t) => {
  const path = await openPath(t, key);
  const audio = noise(40_000);
  await writeSheet(path, ...RUNNING);
  await capture(path, audio);
  await path.path.look();
  await lookUntil(path, 'some of it is sealed', async () => (await incoming(path)).length > 0);
  await delay(800);
  await writeSheet(path, ...RUNNING, 'recording.cut size=8000 reason=excluded');
  await delay(500);
  await writeSheet(path, ...RUNNING, 'recording.cut size=8000 reason=excluded', 'call.end cause=16');
  await lookUntil(path, 'it is closed', () => isClosed(path));
  t.ok((await samplesIn(path, key)).equals(audio.subarray(0, 8_000)));
  t.same(await alarms(path), []);
});

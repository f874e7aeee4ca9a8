// The agent's keys (C04, C16, C18), on a real call, measured in what was sealed.

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'tap';
import { labInfo } from '../../appliance/lab/info.ts';
import { inBox } from '../support/lab.ts';
import { fileInBox } from '../support/opened.ts';
import { heardFrom, heardMs, oneOutcome, zeroIn } from '../support/outcome.ts';
import type { Phone } from '../support/phone.ts';
import type { Scene } from '../support/scene.ts';
import { talkFor } from '../support/talk.ts';
import { heardIn, readWav, type Samples, toneWav } from '../support/tones.ts';
import { until } from '../support/until.ts';

const lab = await labInfo(process.env.GREFFIER_LAB ?? 'test');
const PLAIN = '+33123456714';
const CONTRACT = '+33123456715';
const RATE = 8_000;
/** The longest confirmation lasts 1.7 s, and what leads to it up to 1.5 s on a slow machine. */
const LONG_ENOUGH_TO_BE_TOLD = 5_000;

async function comesIn(s: Scene, line: string): Promise<{ caller: Phone; alice: Phone }> {
  const [alice, caller] = await Promise.all([s.inside('201'), s.outside('+33612345678')]);
  await caller.dial(s.sip(line));
  await alice.until('CALL_ESTABLISHED', 40_000);
  return { caller, alice };
}

/** Ids of the calls that run. */
async function running(): Promise<string[]> {
  const listed = JSON.parse(await inBox(lab, 'greffier', 'calls', 'live', '--json')) as { id: string }[];
  return listed.map(({ id }) => id);
}

async function hears(phone: Phone, prompt: string): Promise<boolean> {
  const path = `/usr/local/share/greffier/prompts/fr/${prompt}.wav`;
  const [sound, heard] = await Promise.all([
    fileInBox(lab, path).then((file) => readWav(file).channels[0] as Samples),
    readFile(await phone.heard()).then((file) => readWav(file).channels[0] as Samples),
  ]);
  return heardIn(sound, heard, RATE).share > 0.6;
}

test('during a pause nothing of either party is captured, nor the keys the caller presses (C16)', async (t) => {
  const { record, recording } = await oneOutcome(lab, async (s) => {
    const { caller, alice } = await comesIn(s, PLAIN);
    await talkFor(2_000);
    await alice.keys('*7');
    await talkFor(1_500);
    await caller.keys('4970');
    await talkFor(1_500);
    await alice.keys('*7');
    await talkFor(2_000);
    await caller.hangUp();
  });
  t.ok(recording);
  if (!recording) return;
  const [[outFrom, outTo], [inFrom, inTo]] = [zeroIn(recording.outside), zeroIn(recording.inside)];
  const pause = record.pauses[0];
  const lasted = Date.parse(pause?.endedAt ?? '') - Date.parse(pause?.startedAt ?? '');
  t.ok(lasted > 2_800, `the pause lasted ${lasted} ms by the record`);
  t.ok(Math.abs(outTo - outFrom - lasted) < 60, `${outTo - outFrom} ms of digital zero outside`);
  t.ok(
    inTo - inFrom > lasted - 60 && inTo - inFrom < lasted + 300,
    `${inTo - inFrom} ms of digital zero inside`,
  );
  t.equal(heardFrom(recording.outside, 'outside').length, 2, 'the caller is heard before and after');
  t.ok((heardFrom(recording.inside, '201')[0]?.[0] ?? 9_999) < 300, 'and so is the agent');
});

test('each key is confirmed to the agent alone', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'silence-'));
  const silence = join(folder, 'silence.wav');
  await writeFile(silence, toneWav([[0, 60]]));
  t.teardown(() => rm(folder, { recursive: true }));
  await oneOutcome(lab, async (s) => {
    const [alice, caller] = await Promise.all([
      s.inside('201', { speaks: silence }),
      s.outside('+33612345678', { speaks: silence }),
    ]);
    await caller.dial(s.sip(PLAIN));
    await alice.until('CALL_ESTABLISHED', 40_000);
    for (const keys of ['*7', '*7', '*5']) {
      await alice.keys(keys);
      await talkFor(LONG_ENOUGH_TO_BE_TOLD);
    }
    await caller.hangUp();
    await alice.until('CALL_CLOSED');
    for (const prompt of ['recording-paused', 'recording-resumed', 'recording-destroyed']) {
      t.ok(await hears(alice, prompt), `the agent hears ${prompt}`);
      t.notOk(await hears(caller, prompt), `the caller does not hear ${prompt}`);
    }
  });
});

test('what the agent destroys is gone while the call goes on (C04)', async (t) => {
  const { record, recording } = await oneOutcome(lab, async (s) => {
    const { caller, alice } = await comesIn(s, PLAIN);
    await talkFor(3_000);
    const [id = ''] = await running();
    await alice.keys('*5');
    await until(
      'no clear audio is in the spool',
      async () => !(await inBox(lab, 'ls', '/var/spool/greffier')).includes('.raw'),
      2_000,
    );
    await until(
      'nothing of it is in the vault',
      async () => (await inBox(lab, 'find', '/var/lib/greffier/vault/incoming', '-name', id)) === '',
      2_000,
    );
    t.match(
      await inBox(lab, 'cat', '/var/lib/greffier/audit/log'),
      new RegExp(`recording-destroyed[^\\n]*${id}`),
    );
    await talkFor(1_500);
    await caller.hangUp();
  });
  t.equal(recording, null);
  t.match(record, {
    recorded: false,
    reason: 'destroyed',
    disposition: 'answered',
    keys: [{ code: 'destroy', extension: '201' }],
  });
});

test('the proof of a contract holds what lies between the two keys and nothing else (C18)', async (t) => {
  const { recording } = await oneOutcome(lab, async (s) => {
    const { caller, alice } = await comesIn(s, CONTRACT);
    await talkFor(2_000);
    await alice.keys('*6');
    await talkFor(3_000);
    await alice.keys('*6');
    await talkFor(2_000);
    await caller.hangUp();
  });
  const ms = ((recording?.outside.length ?? 0) / RATE) * 1000;
  t.ok(ms > 2_700 && ms < 3_700, `${ms} ms of 7 s`);
  t.ok(recording && heardMs(recording.outside, 'outside') > 2_500);
});

test('without the key no contract is recorded (C18)', async (t) => {
  const { record } = await oneOutcome(lab, async (s) => {
    const { caller } = await comesIn(s, CONTRACT);
    await talkFor(1_500);
    await caller.hangUp();
  });
  t.match(record, { recorded: false, reason: 'never-started', disposition: 'answered' });
});

test('the daemon has the same verbs as the keys', async (t) => {
  const { record, recording } = await oneOutcome(lab, async (s) => {
    const { caller } = await comesIn(s, PLAIN);
    await talkFor(1_500);
    const [id = ''] = await running();
    t.equal((await inBox(lab, 'greffier', 'calls', 'pause', id)).trim(), 'done');
    await talkFor(2_000);
    t.equal((await inBox(lab, 'greffier', 'calls', 'pause', id)).trim(), 'done');
    await talkFor(1_500);
    await caller.hangUp();
  });
  t.same(
    record.keys.map(({ code }) => code),
    ['pause', 'resume'],
  );
  const [from, to] = zeroIn(recording?.outside ?? new Float64Array());
  const [pause] = record.pauses;
  const pausedMs = Date.parse(pause?.endedAt ?? '') - Date.parse(pause?.startedAt ?? '');
  t.ok(pausedMs > 1_900, `${pausedMs} ms of pause`);
  // As long as the record says, however long the machine took to take an order.
  t.ok(Math.abs(to - from - pausedMs) < 250, `${to - from} ms of digital zero`);
});

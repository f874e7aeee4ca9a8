// The sealing reads a capture that grows, and its sheet that grows with it: what it yields is what the sheet permits at
// the end, whatever it had to guess meanwhile.

import { appendFile, truncate } from 'node:fs/promises';
import fc from 'fast-check';
import { type Test, test } from 'tap';
import { createCompletion } from '../../src/sealing/completion.ts';
import { follow } from '../../src/sealing/follow.ts';
import { layCapture, noise } from './support/recording.ts';
import { codeOf, ownFolder } from './support/world.ts';

const SECOND = 32_000;
const START = Date.parse('2026-11-22T08:15:00.000Z');
const fact = (ms: number, text: string) => `${new Date(START + ms).toISOString()} ${text}\n`;
const BEGIN = fact(0, 'recording.start size=0 reason=automatic');

/** A capture that is followed; what was yielded so far can be looked at at any time. */
async function followed(t: Test, audio: Buffer, sheet: string) {
  const capture = await layCapture(await ownFolder(t), audio, sheet);
  const completion = createCompletion();
  const yielded: Buffer[] = [];
  const ended = (async () => {
    for await (const chunk of follow(capture, completion)) yielded.push(Buffer.from(chunk));
    return Buffer.concat(yielded);
  })();
  ended.catch(() => {});
  const length = () => yielded.reduce((sum, { length: bytes }) => sum + bytes, 0);
  async function until(bytes: number): Promise<void> {
    for (let look = 0; length() < bytes && look < 100; look += 1) await completion.wait(50);
    await completion.wait(300);
  }
  return { ...capture, completion, ended, length, until };
}

test('while the call lasts the last two seconds are kept back, and no more', async (t) => {
  const audio = noise(5 * 8_000);
  const { ended, length, until, completion } = await followed(t, audio, BEGIN);
  await until(3 * SECOND);
  t.equal(length(), 3 * SECOND);
  completion.finish();
  t.ok((await ended).equals(audio));
});

test('a cut that is said two seconds late is still in time, and what it takes is never sealed (C10)', async (t) => {
  const audio = noise(5 * 8_000);
  const { ended, until, completion, sheet } = await followed(t, audio, BEGIN);
  await until(3 * SECOND);
  await appendFile(sheet, fact(5_000, `recording.cut size=${3 * SECOND} reason=excluded`));
  completion.finish();
  t.ok((await ended).equals(audio.subarray(0, 3 * SECOND)));
});

test('a cut of what was sealed already ends the sealing, and a second one obeys it', async (t) => {
  const audio = noise(5 * 8_000);
  const { ended, until, completion, ...capture } = await followed(t, audio, BEGIN);
  await until(3 * SECOND);
  await appendFile(capture.sheet, fact(5_000, `recording.cut size=${SECOND} reason=excluded`));
  t.equal(await codeOf(() => ended), 'capture-changed');
  completion.finish();
  const again = await Array.fromAsync(follow(capture, completion), (chunk) => Buffer.from(chunk));
  t.ok(Buffer.concat(again).equals(audio.subarray(0, SECOND)));
});

test('a stop that leaves out what was sealed already does not let the rest shift unseen', async (t) => {
  const { ended, until, sheet } = await followed(t, noise(5 * 8_000), BEGIN);
  await until(3 * SECOND);
  await appendFile(sheet, fact(5_000, 'recording.stop size=400 reason=pause'));
  await appendFile(sheet, fact(9_000, `recording.start size=${SECOND} reason=resume`));
  t.equal(await codeOf(() => ended), 'capture-changed');
});

test('an objection ends the sealing at once, by its own name (C04)', async (t) => {
  const { ended, until, sheet, audio } = await followed(t, noise(5 * 8_000), BEGIN);
  await until(SECOND);
  await appendFile(sheet, fact(5_000, 'recording.destroyed reason=objection extension=201'));
  await truncate(audio, 0);
  const before = performance.now();
  t.equal(await codeOf(() => ended), 'recording-destroyed');
  t.ok(performance.now() - before < 2_000);
});

test('a pause is digital zero for as long as it lasted, and nothing after it shifts (C16)', async (t) => {
  const [before, after] = [noise(80), noise(96)];
  const sheet = [
    BEGIN,
    fact(10, 'recording.stop size=320 reason=pause'),
    fact(60_010, 'recording.start size=320 reason=resume'),
    fact(60_022, 'recording.stop size=704 reason=end'),
  ].join('');
  const { ended, completion } = await followed(t, Buffer.concat([before, after]), sheet);
  completion.finish();
  const sealed = await ended;
  t.equal(sealed.length, 320 + 60 * SECOND + 384);
  t.ok(sealed.subarray(0, 320).equals(before));
  t.ok(sealed.subarray(320, -384).every((byte) => byte === 0));
  t.ok(sealed.subarray(-384).equals(after));
});

test('a pause of an hour takes no memory', async (t) => {
  const sheet = [
    BEGIN,
    fact(10, 'recording.stop size=320 reason=pause'),
    fact(3_600_010, 'recording.start size=320 reason=resume'),
  ].join('');
  const capture = await layCapture(await ownFolder(t), noise(160), sheet);
  const completion = createCompletion();
  completion.finish();
  const before = process.memoryUsage().arrayBuffers;
  let [bytes, most] = [0, 0];
  for await (const chunk of follow(capture, completion)) {
    bytes += chunk.length;
    most = Math.max(most, process.memoryUsage().arrayBuffers - before);
  }
  t.equal(bytes, 640 + 3_600 * SECOND);
  t.ok(most < 8 << 20, `${most} bytes`);
});

test('however the file and its sheet grow while they are read, the end is the same', async (t) => {
  const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 40_000 }), fc.boolean()), {
    minLength: 1,
    maxLength: 4,
  });
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      const { ended, completion, audio, sheet } = await followed(t, Buffer.alloc(0), '');
      const expected: Buffer[] = [];
      let [size, ms] = [0, 0];
      for (const [frames, keeps] of all) {
        if (keeps) await appendFile(sheet, fact(ms, `recording.start size=${size} reason=key`));
        const part = noise(frames);
        await appendFile(audio, part);
        [size, ms] = [size + part.length, ms + 10];
        if (!keeps) continue;
        await appendFile(sheet, fact(ms, `recording.stop size=${size} reason=pause`));
        expected.push(part);
        await completion.wait(60);
      }
      completion.finish();
      const sealed = await ended;
      // Stretches follow one another here without a gap but for what was captured and left out, which is silence.
      let at = 0;
      for (const part of expected) {
        at = sealed.indexOf(part, at);
        t.ok(at >= 0, 'each stretch is there, after the one before');
        at += part.length;
      }
      t.equal(at, expected.length ? sealed.length : 0);
    }),
    { seed: 20261122, numRuns: 12 },
  );
});

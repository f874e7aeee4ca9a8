// Audio that is brought or dictated, in the form Asterisk plays; what cannot be one is refused.

import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'tap';
import { convertAnnouncement } from '../../src/announcement/convert.ts';
import { measureAnnouncement } from '../../src/announcement/measure.ts';
import { purity, readWav, type Samples, toneWav } from '../support/tones.ts';
import { codeOf, messageOf, ownFolder } from './support/world.ts';

const converted = async (audio: Uint8Array) => readWav(await convertAnnouncement(audio, 'new.wav'));

/** The same tone in both of two channels. */
function stereo(mono: Buffer): Buffer {
  const file = Buffer.alloc(44 + (mono.length - 44) * 2);
  mono.copy(file, 0, 0, 44);
  file.writeUInt16LE(2, 22);
  file.writeUInt16LE(4, 32);
  file.writeUInt32LE(file.length - 44, 40);
  for (let at = 44; at < mono.length; at += 2)
    for (const channel of [0, 2]) mono.copy(file, 44 + (at - 44) * 2 + channel, at, at + 2);
  return file;
}

/** Quieter by a factor. */
function faint(wav: Buffer, factor: number): Buffer {
  const file = Buffer.from(wav);
  for (let at = 44; at < file.length; at += 2)
    file.writeInt16LE(Math.round(file.readInt16LE(at) * factor), at);
  return file;
}

test('whatever is brought is played at 8 kHz, one channel, one level, with a breath before and after', async (t) => {
  for (const [what, audio] of [
    ['8 kHz', toneWav([[1000, 2]])],
    ['44.1 kHz', toneWav([[1000, 2]], 44_100)],
    ['stereo', stereo(toneWav([[1000, 2]]))],
    ['faint', faint(toneWav([[1000, 2]]), 0.01)],
  ] as const) {
    const { rate, channels } = await converted(audio);
    const [samples] = channels as [Samples];
    t.match({ rate, count: channels.length }, { rate: 8_000, count: 1 }, what);
    t.ok(Math.abs(samples.length / 8_000 - 2.8) < 0.01, `${what}: ${samples.length} samples`);
    const tone = samples.subarray(8_000, 16_000);
    const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    t.ok(Math.abs(peak - 10 ** (-3 / 20)) < 0.05, `${what}: its peak is ${peak}, -3 dB`);
    t.ok(purity(tone, 8_000, 1000) > 0.99, `${what}: nothing but the tone`);
    t.ok(
      samples.subarray(0, 3_000).every((sample) => sample === 0),
      `${what}: a breath`,
    );
  }
});

test('the same audio gives the same bytes, so that its hash can be checked again', async (t) => {
  const tone = toneWav([[1000, 1]], 44_100);
  t.same(await convertAnnouncement(tone, 'a.wav'), await convertAnnouncement(tone, 'b.wav'));
});

test('the result is what Asterisk plays', async (t) => {
  const folder = await ownFolder(t);
  await writeFile(join(folder, 'x.wav'), await convertAnnouncement(toneWav([[1000, 1]]), 'x'));
  t.match(await measureAnnouncement(folder, 'x'), { milliseconds: 1_800 });
});

test('what is no announcement is refused, by its name and with the reason', async (t) => {
  for (const [audio, message] of [
    [Buffer.from('<html>'), /^new\.wav cannot be read as audio: \S/],
    [Buffer.alloc(0), /^new\.wav cannot be read as audio: \S/],
    [toneWav([[1000, 0.4]]), /^new\.wav lasts 0\.4 s only$/],
    [toneWav([[1000, 121]]), /^new\.wav lasts longer than 120 s$/],
    [toneWav([[0, 5]]), /^new\.wav is silent \(digital zero\)$/],
    [faint(toneWav([[1000, 5]]), 0.003), /^new\.wav is silent \(-[56]\d dB\)$/],
    // Rumble is no speech: a telephone does not carry it.
    [faint(toneWav([[20, 5]]), 0.1), /^new\.wav is silent/],
  ] as const) {
    t.match(await messageOf(() => convertAnnouncement(audio, 'new.wav')), message);
    t.equal(await codeOf(() => convertAnnouncement(audio, 'new.wav')), 'announcement-unsuitable');
    t.notMatch(await messageOf(() => convertAnnouncement(audio, 'new.wav')), /greffier-announcement/);
  }
});

test('two minutes are an announcement, and nothing of the work stays behind', async (t) => {
  const [before, folder] = [process.env.TMPDIR, await ownFolder(t)];
  process.env.TMPDIR = folder;
  t.teardown(() => {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  });
  const { channels } = await converted(toneWav([[1000, 120]]));
  t.equal(channels[0]?.length, 120.8 * 8_000);
  await t.rejects(converted(Buffer.from('<html>')));
  t.same(await readdir(folder), []);
});

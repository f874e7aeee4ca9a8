// What a policy names is what lies in the vault: FLAC gives back every sample, Opus the two voices, each on its side.

import { execa } from 'execa';
import { decrypt, readMessage } from 'openpgp';
import { test } from 'tap';
import { framingOf } from '../../src/sealing/framing.ts';
import { decodedOpus } from '../support/opened.ts';
import { companded, type Samples, windowsWith } from '../support/tones.ts';
import { sealWhole } from './support/recording.ts';
import { makeKey, ownFolder } from './support/world.ts';

const key = await makeKey();
const RATE = 8_000;
const [LEFT, RIGHT] = [1_004, 440];

/** Two tones, with a second of silence in each now and then, never in both. */
function talk(seconds: number): Buffer {
  const samples = new Int16Array(seconds * RATE * 2);
  for (let at = 0; at < seconds * RATE; at += 1) {
    const turn = Math.floor(at / RATE) % 4;
    const tone = (hertz: number) => Math.round(8_000 * Math.sin((2 * Math.PI * hertz * at) / RATE));
    if (turn !== 3) samples[at * 2] = tone(LEFT);
    if (turn !== 1) samples[at * 2 + 1] = tone(RIGHT);
  }
  return Buffer.from(samples.buffer);
}

async function opened(message: Buffer): Promise<Buffer> {
  const { data } = await decrypt({
    message: await readMessage({ binaryMessage: Uint8Array.from(message) }),
    decryptionKeys: key.privateKey,
    format: 'binary',
  });
  return Buffer.from(data as Uint8Array);
}

test('Opus keeps both voices apart: neither is heard on the side of the other', async (t) => {
  const sealed = await sealWhole(await ownFolder(t), talk(20), [key.armoredPublic], 'opus');
  t.equal(sealed.encoding, 'opus');
  t.equal(sealed.milliseconds, 20_000);
  const { outside: left, inside: right } = await decodedOpus(await opened(sealed.message));
  const heard = (samples: Samples, hertz: number) => windowsWith(samples, RATE, hertz, 0.06).length / 10;
  t.ok(heard(left, LEFT) > 14 && heard(right, RIGHT) > 14, 'each is on its own side');
  t.equal(heard(left, RIGHT), 0);
  t.equal(heard(right, LEFT), 0);
  t.ok(sealed.bodyBytes.length < 20 * 5_500, `${sealed.bodyBytes.length} bytes`);
});

test('Opus keeps two loud parties of G.711 apart whenever each begins: not a twentieth of one is on the other side', async (t) => {
  for (const [left, right] of [
    [0, 0],
    [700, 0],
    [0, 1_900],
    [2_300, 410],
    [1_111, 2_999],
  ] as const) {
    const tone = (hertz: number, at: number) =>
      at < 0 ? 0 : companded(16_384 * Math.sin((2 * Math.PI * hertz * at) / RATE));
    const both = Array.from({ length: 4 * RATE }, (_, at) => [
      tone(LEFT, at - left),
      tone(RIGHT, at - right),
    ]);
    const audio = Buffer.from(Int16Array.from(both.flat()).buffer);
    const sealed = await sealWhole(await ownFolder(t), audio, [key.armoredPublic], 'opus');
    const { outside, inside } = await decodedOpus(await opened(sealed.message));
    const what = `from ${left} and ${right} on`;
    t.ok(windowsWith(outside, RATE, LEFT, 0.4).length > 30, `the left one is there, ${what}`);
    t.ok(windowsWith(inside, RATE, RIGHT, 0.4).length > 30, `the right one is there, ${what}`);
    const strays = [windowsWith(outside, RATE, RIGHT, 0.02), windowsWith(inside, RATE, LEFT, 0.02)];
    t.same(strays, [[], []], `and on its own side alone, ${what}`);
  }
});

test('encoded audio is cut between frames only, however it comes', async (t) => {
  const raw = talk(6);
  const form = ['--force-raw-format', '--endian=little', '--sign=signed', '--channels=2', '--bps=16'];
  const { stdout } = await execa('flac', ['--silent', '-0', ...form, '--sample-rate=8000', '--stdout', '-'], {
    input: raw,
    encoding: 'buffer',
    stripFinalNewline: false,
  });
  const flac = Buffer.from(stdout);
  for (const size of [1, 7, 100, 5_000, flac.length]) {
    const framing = framingOf('flac');
    const whole: Buffer[] = [];
    for (let at = 0; at < flac.length; at += size) {
      whole.push(Buffer.from(framing.take(flac.subarray(at, at + size))));
    }
    const cut = Buffer.concat(whole);
    t.ok(Buffer.concat([cut, framing.rest()]).equals(flac), `nothing is lost of pieces of ${size}`);
    const decoder = await execa(
      'flac',
      ['--silent', '--decode', '--force-raw-format', '--endian=little', '--sign=signed', '--stdout', '-'],
      {
        input: cut,
        encoding: 'buffer',
        stripFinalNewline: false,
      },
    );
    t.equal(decoder.stdout.length, framing.frames() * 4, 'the decoder finds as many samples');
    t.ok(raw.subarray(0, decoder.stdout.length).equals(Buffer.from(decoder.stdout)));
  }
});

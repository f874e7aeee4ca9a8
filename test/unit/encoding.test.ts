// What a policy names is what lies in the vault: FLAC gives back every sample, Opus the two voices, each on its side.

import { decrypt, readMessage } from 'openpgp';
import { test } from 'tap';
import { createEncoder, type Encoding } from '../../src/sealing/encoder.ts';
import { createOgg } from '../../src/sealing/ogg.ts';
import { decodedOpus } from '../support/opened.ts';
import { companded, type Samples, windowsWith } from '../support/tones.ts';
import { samplesOf, sealWhole } from './support/recording.ts';
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

/** As it comes: pieces of that many bytes, and the end. */
async function encodedIn(encoding: Encoding, raw: Buffer, bytes: number) {
  const encoder = await createEncoder(encoding);
  const pieces: { encoded: Buffer; frames: number }[] = [];
  const keep = (encoded: Buffer) => pieces.push({ encoded: Buffer.from(encoded), frames: encoder.frames() });
  for (let at = 0; at < raw.length; at += bytes) keep(encoder.encode(raw.subarray(at, at + bytes)));
  keep(encoder.end());
  encoder.free();
  return pieces;
}

const fileOf = (pieces: { encoded: Buffer }[]) => Buffer.concat(pieces.map(({ encoded }) => encoded));

for (const encoding of ['flac', 'opus'] as const) {
  test(`${encoding} that breaks off anywhere is a whole file up to there, however it comes`, async (t) => {
    const raw = talk(6);
    for (const bytes of [7, 999, 5_000, 24_000, raw.length]) {
      const pieces = await encodedIn(encoding, raw, bytes);
      const last = pieces.length - 1;
      t.equal(pieces[last]?.frames, 6 * RATE, `all of it at the end, in pieces of ${bytes}`);
      for (const upTo of [last, Math.floor(last / 2), Math.floor(last / 3)]) {
        const file = fileOf(pieces.slice(0, upTo + 1));
        const frames = pieces[upTo]?.frames ?? 0;
        if (frames === 0) continue;
        t.equal(await decodedFrames(encoding, file, raw), frames, `${frames} frames, in pieces of ${bytes}`);
      }
    }
  });
}

/** How many frames another decoder finds, whose samples, when nothing may be lost, are the ones that were given. */
async function decodedFrames(encoding: Encoding, file: Buffer, raw: Buffer): Promise<number> {
  if (encoding === 'opus') return (await decodedOpus(file)).outside.length;
  const samples = await samplesOf(file);
  return raw.subarray(0, samples.length).equals(samples) ? samples.length / 4 : -1;
}

test('thousands of recordings after another take no more memory than a few', async (t) => {
  for (const encoding of ['flac', 'opus'] as const) {
    const some = async (count: number) => {
      for (let done = 0; done < count; done += 1) await encodedIn(encoding, talk(0.5), 16_000);
      return process.memoryUsage().rss;
    };
    const few = await some(500);
    t.ok((await some(4_500)) < few + 128 * 2 ** 20, encoding);
  }
});

test('a recording without a sample is an empty file of its kind', async (t) => {
  const empty = async (encoding: Encoding) => fileOf(await encodedIn(encoding, Buffer.alloc(0), 1));
  t.equal((await samplesOf(await empty('flac'))).length, 0);
  t.equal((await decodedOpus(await empty('opus'))).outside.length, 0);
});

test('what does not fit into a page of Ogg is refused, and never cut', (t) => {
  const page = createOgg().page([new Uint8Array(254 * 255 + 254)], 0);
  t.equal(page[26], 255, 'so many segments does a page have at most');
  t.throws(() => createOgg().page([new Uint8Array(255 * 255)], 0), /256 segments/);
  t.end();
});

// The ear of the tests: a prompt is recognised though a busy phone lost a packet of it, and no other is taken for it.

import { test } from 'tap';
import { heardIn, type Samples } from '../support/tones.ts';

const RATE = 8_000;
const PACKET = RATE / 50;

/** Noise that is the same each time, two seconds of it. */
function noise(seed: number): Samples {
  let state = seed;
  return Float64Array.from({ length: 2 * RATE }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 1_073_741_824 - 1;
  });
}

const after = (silence: number, ...parts: Samples[]) =>
  Float64Array.from([new Float64Array(silence), ...parts].flatMap((part) => [...part]));

test('a prompt is heard where it is, a packet lost or repeated in it', (t) => {
  const sound = noise(1);
  const [half, rest] = [sound.subarray(0, RATE), sound.subarray(RATE)];
  for (const [name, heard] of [
    ['whole', after(RATE, sound)],
    ['one lost', after(RATE, half, rest.subarray(PACKET))],
    ['one repeated', after(RATE, half, half.subarray(-PACKET), rest)],
  ] as const) {
    const { offset, share } = heardIn(sound, heard, RATE);
    t.equal(offset, RATE, name);
    t.ok(share >= 0.85, `${name}: ${share}`);
  }
  t.end();
});

test('another sound, and silence, are not taken for it', (t) => {
  t.ok(heardIn(noise(1), after(RATE, noise(2)), RATE).share < 0.1);
  t.ok(heardIn(noise(1), new Float64Array(4 * RATE), RATE).share < 0.1);
  t.end();
});

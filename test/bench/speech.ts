// Clear audio as a capture has it: two people who take turns, in G.711, so that an encoder finds about as much to save as
// in the field. The same bytes in every run.

import { companded } from '../support/tones.ts';
import { seeded } from './measure.ts';

const RATE = 8_000;
/** Bytes of a second: 8 kHz, two channels, 16 bit. */
export const SECOND_BYTES = RATE * 4;
const TURN_SECONDS = 3;

/** So many seconds of talk; who speaks is heard on one side, and the other side has the noise of a line. */
export function speech(seconds: number, seed = 1): Buffer {
  const chance = seeded(seed);
  const samples = new Int16Array(seconds * RATE * 2);
  let pitch = 120;
  for (let frame = 0; frame < seconds * RATE; frame += 1) {
    // A syllable every fifth of a second, each of another pitch.
    if (frame % (RATE / 5) === 0) pitch = 90 + 160 * chance();
    const loud = Math.sin((Math.PI * (frame % (RATE / 5))) / (RATE / 5)) ** 2;
    const turn = (2 * Math.PI * pitch * frame) / RATE;
    const voice =
      Math.sin(turn) + 0.6 * Math.sin(2 * turn) + 0.4 * Math.sin(5 * turn) + 0.2 * Math.sin(11 * turn);
    const side = Math.floor(frame / (RATE * TURN_SECONDS)) % 2;
    samples[frame * 2 + side] = companded(6_000 * loud * voice + 120 * (chance() - 0.5));
    samples[frame * 2 + 1 - side] = companded(60 * (chance() - 0.5));
  }
  return Buffer.from(samples.buffer);
}

// Is a recording right? Each party on its own side and nowhere else, at its pitch, all the time, for as long as they
// talked: what every codec, lost packets and early media have to leave as it is.

import type { Test } from 'tap';
import { heardMs, type Outcome, voicesIn } from './outcome.ts';
import type { Voice } from './scene.ts';
import type { Samples } from './tones.ts';

/** A phone sends its first packet when it is ready, and its last one before it says so: that is no gap of ours. */
const EDGE_MS = 300;
const SAMPLES_PER_MS = 8;

export interface Expected {
  /** How long the two were connected, in ms, by the clock of whoever was there. */
  spokenMs: number;
  outside: Voice;
  inside: Voice;
  /** Share of the time in which each is heard; less than nearly all where packets are lost. */
  outsideShare?: number;
  insideShare?: number;
}

/** Asserts all of it, and returns how long the recording is, in ms. */
export function isRight(t: Test, outcome: Outcome, expected: Expected): number {
  const { recording, record } = outcome;
  if (!recording) {
    t.fail(`not recorded: ${record.reason}`);
    return 0;
  }
  const { manifest, outside, inside } = recording;
  const { milliseconds: ms, left, right } = manifest.audio;
  const { spokenMs, outsideShare = 0.97, insideShare = 0.97 } = expected;
  t.same([left, right], ['outside', 'inside'], 'the manifest says who is on which side');
  t.same(voicesIn(outside), [expected.outside], 'left is the outside party alone, at its pitch');
  t.same(voicesIn(inside), [expected.inside], 'right is the inside party alone, at its pitch');
  const shares = [shareHeard(outside, expected.outside), shareHeard(inside, expected.inside)];
  const [left100, right100] = shares.map((share) => Math.round(share * 1000) / 10);
  t.ok((shares[0] ?? 0) > outsideShare, `the outside party is heard ${left100} % of the time`);
  t.ok((shares[1] ?? 0) > insideShare, `the inside party is heard ${right100} % of the time`);
  t.ok(Math.abs(ms - spokenMs) < spokenMs * 0.02, `${ms} ms recorded of ${spokenMs} ms of talk`);
  return ms;
}

/** Share of the talk in which a voice is heard, between its edges. */
function shareHeard(samples: Samples, voice: Voice): number {
  const edge = EDGE_MS * SAMPLES_PER_MS;
  const middle = samples.subarray(edge, samples.length - edge);
  // Whole windows only: half a window at the end is not measured, so it is not counted either.
  const windows = Math.floor(middle.length / (100 * SAMPLES_PER_MS));
  return heardMs(middle, voice) / (windows * 100);
}

/** The waveform: how loud each party is in each slice of the recording. Clear samples are dropped right after. */
import { type Activity, activityOf } from './activity.ts';
import { encodingOf } from './encoding.ts';
import { cutOgg, OPUS_RATE, type Piece } from './ogg.ts';

export const RATE = 8_000;
/** As fine as the drawing needs, and ten in a second, so that words can be told from what lies between them. */
const SLICES = 2_400;
const SLICES_A_SECOND = 10;
/** How often the page breathes while one channel is measured. */
const BREATHS = 24;
/** Each context decodes on a thread of its own; more at once would cost memory. */
const PIECES_AT_ONCE = 4;

export interface Peaks extends Lanes {
  activity: Activity;
  frames: number;
  seconds: number;
}

/** What is drawn. */
export interface Lanes {
  /** One value from 0 to 1 per slice. */
  outside: Float32Array;
  inside: Float32Array;
  /** The highest of all; the drawing is scaled to it. */
  highest: number;
}

/** As long as nothing is known of them. */
export const NO_PEAKS: Lanes = {
  outside: new Float32Array(SLICES),
  inside: new Float32Array(SLICES),
  highest: 0,
};

/**
 * Decodes at the recording's own rate, piece by piece, so that an hour stays in bounds, and measures.
 * @param wanted ends it early, by throwing its reason: that nobody looks at it any more
 */
export async function measurePeaks(audio: Uint8Array<ArrayBuffer>, wanted?: AbortSignal): Promise<Peaks> {
  const { rate, pieces, ...known } = piecesOf(audio);
  let frames = known.frames ?? 0;
  let [outside, inside] = [emptyLane(frames, rate), emptyLane(frames, rate)];
  for (let at = 0; at < pieces.length; at += PIECES_AT_ONCE) {
    const some = pieces.slice(at, at + PIECES_AT_ONCE);
    const decoded = await Promise.all(some.map((piece) => decode(piece, rate)));
    for (const { samples, from } of decoded) {
      wanted?.throwIfAborted();
      if (frames === 0) {
        frames = samples.length;
        [outside, inside] = [emptyLane(frames, rate), emptyLane(frames, rate)];
      }
      await raise(outside, samples.getChannelData(0), from, frames, wanted);
      if (samples.numberOfChannels > 1) await raise(inside, samples.getChannelData(1), from, frames, wanted);
    }
  }
  const seconds = frames / rate;
  return {
    ...{ outside, inside, frames, seconds },
    highest: Math.max(highestOf(outside), highestOf(inside)),
    activity: activityOf(outside, inside, seconds),
  };
}

const highestOf = (lane: Float32Array) => lane.reduce((most, one) => Math.max(most, one), 0);

function emptyLane(frames: number, rate: number): Float32Array {
  const wanted = Math.max(SLICES, Math.ceil((frames / rate) * SLICES_A_SECOND));
  return new Float32Array(Math.min(wanted, Math.max(1, frames)));
}

async function decode({ bytes, from }: Piece, rate: number) {
  return { samples: await new OfflineAudioContext(2, 1, rate).decodeAudioData(bytes.buffer), from };
}

/** FLAC is decoded at once; how long it is shows only then. Decoding takes the bytes away, so it gets a copy. */
function piecesOf(audio: Uint8Array<ArrayBuffer>): { rate: number; frames?: number; pieces: Piece[] } {
  if (encodingOf(audio) === 'opus') return { rate: OPUS_RATE, ...cutOgg(audio) };
  return { rate: RATE, pieces: [{ bytes: audio.slice(), from: 0 }] };
}

/** Raises each slice of a lane to the loudest of the samples that fall into it; lets the page breathe in between. */
async function raise(
  lane: Float32Array,
  samples: Float32Array,
  offset: number,
  frames: number,
  wanted?: AbortSignal,
) {
  const perSlice = frames / lane.length;
  const first = Math.floor(offset / perSlice);
  const atOnce = Math.max(1, Math.round(lane.length / BREATHS));
  for (let slice = first; slice < lane.length; slice++) {
    if ((slice - first) % atOnce === 0) {
      await new Promise((resolve) => setTimeout(resolve));
      wanted?.throwIfAborted();
    }
    const from = Math.max(0, Math.floor(slice * perSlice - offset));
    const to = Math.min(samples.length, Math.floor((slice + 1) * perSlice - offset));
    if (from >= samples.length) return;
    lane[slice] = Math.max(lane[slice] ?? 0, peakOf(samples, from, to));
  }
}

function peakOf(samples: Float32Array, from: number, to: number): number {
  let peak = 0;
  for (let at = from; at < to; at++) {
    const height = Math.abs(samples[at] ?? 0);
    if (height > peak) peak = height;
  }
  return peak;
}

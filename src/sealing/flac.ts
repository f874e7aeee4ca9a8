// libFLAC, compiled to WebAssembly. Level 0 is the fastest, and lossless as all of them are.

import { createRequire } from 'node:module';
import type { Flac } from 'libflacjs';
import { GreffierError } from '../shared/errors.ts';
import { createScratch } from '../shared/scratch.ts';
import { FRAME_BYTES, RATE } from '../spool/edit-list.ts';
import type { Encoder } from './encoder.ts';
import { inUnits } from './in-units.ts';

const [CHANNELS, BITS, LEVEL] = [2, 16, 0] as const;
/** The length is not known beforehand. */
const UNKNOWN = 0;

let library: Promise<Flac> | undefined;

/** Throws `sealing-failed` when the library cannot be loaded, or refuses. */
export async function createFlac(): Promise<Encoder> {
  library ??= load();
  const flac = await library;
  const encoder = flac.create_libflac_encoder(RATE, CHANNELS, BITS, LEVEL, UNKNOWN, false, 0);
  let made: Uint8Array[] = [];
  let frames = 0;
  const whole = inUnits(FRAME_BYTES);
  const samplesOf = createSamples();
  const take = () => {
    const all = Buffer.concat(made);
    made = [];
    return all;
  };
  const expect = (good: unknown, what: string) => {
    if (good) return;
    throw new GreffierError('sealing-failed', `the encoder of FLAC did not ${what}`);
  };
  expect(encoder, 'begin');
  const status = flac.init_encoder_stream(encoder, (bytes, _length, samples) => {
    made.push(bytes);
    frames += samples;
  });
  if (status !== 0) flac.FLAC__stream_encoder_delete(encoder);
  expect(status === 0, 'begin');
  return {
    encode(audio) {
      const samples = samplesOf(whole.take(audio));
      const count = samples.length / CHANNELS;
      if (count > 0) expect(flac.FLAC__stream_encoder_process_interleaved(encoder, samples, count), 'encode');
      return take();
    },
    end() {
      expect(flac.FLAC__stream_encoder_finish(encoder), 'end');
      return take();
    },
    frames: () => frames,
    free: () => flac.FLAC__stream_encoder_delete(encoder),
  };
}

/** Each sample in a word of its own, as the library takes them; they stay until the next call. */
function createSamples() {
  const room = createScratch();
  return (bytes: Buffer): Int32Array<ArrayBuffer> => {
    const { buffer, byteOffset, length } =
      bytes.byteOffset % 2 === 0 ? bytes : Buffer.from(Uint8Array.from(bytes));
    const halves = new Int16Array(buffer, byteOffset, length / 2);
    const words = room(length * 2);
    const samples = new Int32Array(words.buffer, words.byteOffset, halves.length);
    samples.set(halves);
    return samples;
  };
}

/** Its loader is older than Node's fetch: where it sees one, it asks that for a file, which it does not get. */
async function load(): Promise<Flac> {
  const fetch = Object.getOwnPropertyDescriptor(globalThis, 'fetch') ?? {};
  Object.defineProperty(globalThis, 'fetch', { value: undefined, configurable: true });
  try {
    const flac = createRequire(import.meta.url)('libflacjs')('min.wasm') as Flac;
    if (!flac.isReady()) await new Promise((resolve) => flac.on('ready', resolve));
    return flac;
  } finally {
    Object.defineProperty(globalThis, 'fetch', fetch);
  }
}

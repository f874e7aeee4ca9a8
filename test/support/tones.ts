// Audio is proved by measuring it: which tone, how loud, from when to when. Never by the size of a file.

/** Samples of one channel, -1 … 1. */
export type Samples = Float64Array;

/** Splits interleaved signed 16-bit little-endian audio into its channels. */
export function channels(audio: Uint8Array, count: number): Samples[] {
  const view = new DataView(audio.buffer, audio.byteOffset, audio.byteLength);
  const frames = Math.floor(audio.byteLength / 2 / count);
  return Array.from({ length: count }, (_, channel) =>
    Float64Array.from({ length: frames }, (_, i) => view.getInt16((i * count + channel) * 2, true) / 32_768),
  );
}

/** Reads a WAV file of 16-bit PCM. Throws on anything else. */
export function readWav(file: Uint8Array): { rate: number; channels: Samples[] } {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const text = (at: number) => String.fromCharCode(...file.subarray(at, at + 4));
  if (text(0) !== 'RIFF' || text(8) !== 'WAVE') throw new Error('not a WAV file');
  let rate = 0;
  let count = 0;
  for (let at = 12; at + 8 <= file.length; ) {
    const size = view.getUint32(at + 4, true);
    if (text(at) === 'fmt ') {
      count = view.getUint16(at + 10, true);
      rate = view.getUint32(at + 12, true);
    }
    if (text(at) === 'data') {
      // A file whose writer was cut off says 0 or too much: what is there counts.
      const end = size === 0 ? file.length : Math.min(at + 8 + size, file.length);
      return { rate, channels: channels(file.subarray(at + 8, end), count) };
    }
    at += 8 + size + (size % 2);
  }
  throw new Error('a WAV file without data');
}

/** Amplitude (0 … 1) of one frequency in Hz, by Goertzel's algorithm. */
export function amplitude(samples: Samples, rate: number, hertz: number): number {
  const coefficient = 2 * Math.cos((2 * Math.PI * hertz) / rate);
  let [before, last] = [0, 0];
  for (const sample of samples) [before, last] = [last, sample + coefficient * last - before];
  const power = before * before + last * last - coefficient * before * last;
  return (2 * Math.sqrt(Math.max(power, 0))) / Math.max(samples.length, 1);
}

/** Root mean square (0 … 1). */
export function loudness(samples: Samples): number {
  return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(samples.length, 1));
}

/** Share of all energy that lies in one tone: near 1 for a pure tone, near 0 when it is absent. */
export function purity(samples: Samples, rate: number, hertz: number): number {
  const rms = loudness(samples);
  return rms < 1e-4 ? 0 : amplitude(samples, rate, hertz) ** 2 / 2 / rms ** 2;
}

/** Start times in ms of the 100 ms windows in which the tone is louder than `floor` (amplitude, 0 … 1). */
export function windowsWith(samples: Samples, rate: number, hertz: number, floor = 0.02): number[] {
  const size = rate / 10;
  const found: number[] = [];
  for (let at = 0; at + size <= samples.length; at += size) {
    if (amplitude(samples.subarray(at, at + size), rate, hertz) > floor) found.push((at / rate) * 1000);
  }
  return found;
}

/** What is left of a sample after G.711: an exponent and four bits. */
export function companded(sample: number): number {
  const size = Math.abs(sample);
  const step = 2 ** Math.max(3, Math.floor(Math.log2(Math.max(size, 1))) - 4);
  return Math.sign(sample) * Math.min(32_767, (Math.floor(size / step) + 0.5) * step);
}

/** A WAV file (8 kHz, mono, 16 bit) of tones one after the other, each [Hz, seconds], at half the full amplitude. */
export function toneWav(tones: [hertz: number, seconds: number][], rate = 8_000): Buffer {
  const samples = new Int16Array(tones.reduce((sum, [, seconds]) => sum + Math.round(rate * seconds), 0));
  let at = 0;
  for (const [hertz, seconds] of tones) {
    const length = Math.round(rate * seconds);
    const turn = (2 * Math.PI * hertz) / rate;
    for (let i = 0; i < length; i += 1) samples[at + i] = Math.round(Math.sin(turn * i) * 16_384);
    at += length;
  }
  const file = Buffer.alloc(44 + samples.length * 2);
  file.write('RIFF', 0);
  file.writeUInt32LE(36 + samples.length * 2, 4);
  file.write('WAVEfmt ', 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(rate, 24);
  file.writeUInt32LE(rate * 2, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36);
  file.writeUInt32LE(samples.length * 2, 40);
  // Every machine that runs this is little-endian, as WAV is.
  Buffer.from(samples.buffer).copy(file, 44);
  return file;
}

/**
 * Where a sound is heard in a longer one: the offset in samples at which its first half second fits best, and from
 * there the share of its 250 ms windows that are heard (correlation above 0.8), silences left out. A phone on a busy machine
 * leaves out packets of 20 ms, or repeats them: what comes after is looked for some packets earlier and later.
 */
export function heardIn(sound: Samples, longer: Samples, rate: number): { offset: number; share: number } {
  const begins = firstLoud(sound);
  const probe = sound.subarray(begins, begins + rate / 2);
  // At a quarter of the rate first, which takes a sixteenth of the time; then sample by sample around the best places: a
  // voice resembles itself one vibration later.
  const about = fits(quarter(probe), quarter(longer)).slice(0, 40);
  const places = about.flatMap((at) => Array.from({ length: 17 }, (_, i) => Math.max(0, at * 4 + i - 8)));
  const offset = (fits(probe, longer, places)[0] ?? 0) - begins;
  const size = rate / 4;
  const packet = rate / 50;
  const slips = [0, 1, -1, 2, -2, 3, -3, 4, -4].map((packets) => packets * packet);
  const heard: boolean[] = [];
  let slipped = 0;
  for (let at = 0; at + size <= sound.length; at += size) {
    const window = sound.subarray(at, at + size);
    if (loudness(window) < 0.01) continue;
    const found = slips.find((slip) => {
      const from = offset + at + slipped + slip;
      return (
        from >= 0 &&
        from + size <= longer.length &&
        correlation(window, longer.subarray(from, from + size)) > 0.8
      );
    });
    heard.push(found !== undefined);
    slipped += found ?? 0;
  }
  return { offset, share: heard.filter(Boolean).length / heard.length };
}

/** Where a sound may begin in a longer one, the best fit first; of these places, or of all. */
function fits(sound: Samples, longer: Samples, places?: number[]): number[] {
  const last = longer.length - sound.length;
  const all = places ?? Array.from({ length: Math.max(0, last + 1) }, (_, at) => at);
  const rated = all
    .filter((at) => at <= last)
    .map((at) => ({ at, fit: correlation(sound, longer.subarray(at, at + sound.length)) }));
  return rated.toSorted((one, next) => next.fit - one.fit).map(({ at }) => at);
}

/** The same sound with one sample for four, the mean of them. */
function quarter(samples: Samples): Samples {
  const length = Math.floor(samples.length / 4);
  const mean = (at: number) =>
    ((samples[at] ?? 0) + (samples[at + 1] ?? 0) + (samples[at + 2] ?? 0) + (samples[at + 3] ?? 0)) / 4;
  return Float64Array.from({ length }, (_, i) => mean(i * 4));
}

function firstLoud(sound: Samples): number {
  return sound.findIndex((sample) => Math.abs(sample) > 0.05);
}

function correlation(a: Samples, b: Samples): number {
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i += 1) {
    const [x, y] = [a[i] ?? 0, b[i] ?? 0];
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return ab / Math.sqrt(aa * bb || 1);
}

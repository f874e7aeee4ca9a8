/** The waveform: how loud each party is in each slice of the recording. Clear samples are dropped right after. */

const RATE = 8_000;
const SLICES = 2_400;
const SLICES_AT_ONCE = 100;

export interface Peaks {
  /** One value from 0 to 1 per slice. */
  outside: Float32Array;
  inside: Float32Array;
  /** The highest of all; the drawing is scaled to it. */
  highest: number;
  frames: number;
  seconds: number;
}

/** Decodes at the recording's own rate, so that an hour stays in bounds, and measures. Detaches the bytes given. */
export async function measurePeaks(flac: ArrayBuffer): Promise<Peaks> {
  const audio = await new OfflineAudioContext(2, 1, RATE).decodeAudioData(flac);
  const left = audio.getChannelData(0);
  const right = audio.numberOfChannels > 1 ? audio.getChannelData(1) : new Float32Array(left.length);
  const [outside, inside] = [await loudest(left), await loudest(right)];
  return {
    outside,
    inside,
    highest: Math.max(...outside, ...inside),
    frames: audio.length,
    seconds: audio.duration,
  };
}

/** The loudest sample of each slice; lets the page breathe in between. */
async function loudest(samples: Float32Array): Promise<Float32Array> {
  const slices = Math.min(SLICES, Math.max(1, samples.length));
  const peaks = new Float32Array(slices);
  for (let slice = 0; slice < slices; slice++) {
    if (slice % SLICES_AT_ONCE === 0) await new Promise((resolve) => setTimeout(resolve));
    const from = Math.floor((slice * samples.length) / slices);
    const to = Math.floor(((slice + 1) * samples.length) / slices);
    peaks[slice] = peakOf(samples, from, to);
  }
  return peaks;
}

function peakOf(samples: Float32Array, from: number, to: number): number {
  let peak = 0;
  for (let at = from; at < to; at++) {
    const height = Math.abs(samples[at] ?? 0);
    if (height > peak) peak = height;
  }
  return peak;
}

// What SIPp speaks: raw G.711 (A-law) files of tones and of telephone keys.

const RATE = 8_000;

/** The two tones of each key, in Hz (ITU-T Q.23). */
const KEYS: Record<string, [number, number]> = {
  '1': [697, 1209],
  '2': [697, 1336],
  '9': [852, 1477],
};

/** A tone in Hz, a key, or silence, for so many milliseconds. */
export type Sound = { hertz: number; ms: number } | { key: string; ms: number } | { ms: number };

/** Encodes sounds, one after the other, as A-law at 8 kHz; each tone at a quarter to half of the full amplitude. */
export function alaw(sounds: Sound[]): Buffer {
  const bytes: number[] = [];
  for (const sound of sounds) {
    const tones = tonesOf(sound);
    for (let i = 0; i < (RATE * sound.ms) / 1000; i += 1) {
      const sum = tones.reduce((all, hertz) => all + Math.sin((2 * Math.PI * hertz * i) / RATE), 0);
      bytes.push(encode(Math.round((sum / Math.max(tones.length, 1)) * 16_384)));
    }
  }
  return Buffer.from(bytes);
}

function tonesOf(sound: Sound): number[] {
  if ('hertz' in sound) return [sound.hertz];
  if ('key' in sound) return KEYS[sound.key] ?? [];
  return [];
}

/** One sample by ITU-T G.711: sign, exponent and four bits, every other bit inverted. */
function encode(sample: number): number {
  const sign = sample >= 0 ? 0x80 : 0;
  const magnitude = Math.min(sample >= 0 ? sample : -sample - 1, 32_767) >> 3;
  const exponent = Math.max(0, Math.floor(Math.log2(Math.max(magnitude, 1))) - 4);
  const mantissa = (magnitude >> Math.max(exponent, 1)) & 0x0f;
  return (sign | (exponent << 4) | mantissa) ^ 0x55;
}

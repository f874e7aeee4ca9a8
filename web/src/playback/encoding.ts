/** What the audio is encoded as, and as what the browser is given it. */
import { withLength } from './flac.ts';

export type Encoding = 'flac' | 'opus';

const types: Record<Encoding, string> = { flac: 'audio/flac', opus: 'audio/ogg; codecs=opus' };
const OGG = 'OggS';

/** By how it begins: what was decrypted has the last word, whatever stands beside it. */
export function encodingOf(audio: Uint8Array): Encoding {
  return String.fromCharCode(...audio.subarray(0, OGG.length)) === OGG ? 'opus' : 'flac';
}

/** A blob to play and to seek in. Ogg says on its last page how long it is; FLAC written live has to be told. */
export function playableAudio(audio: Uint8Array<ArrayBuffer>, frames: number): Blob {
  const encoding = encodingOf(audio);
  const parts = encoding === 'flac' ? withLength(audio, frames) : [audio];
  return new Blob(parts, { type: types[encoding] });
}

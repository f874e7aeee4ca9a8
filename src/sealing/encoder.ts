// Encoders work in the thread that seals, as WebAssembly: a call that costs a tenth of a per cent of a core is not worth a
// process of its own, to which all it hears is handed and by which somebody is woken for each answer (ADR 0036).

import { createFlac } from './flac.ts';
import { createOpus } from './opus.ts';

/** What a policy may name: FLAC gives every sample back, Opus takes two fifths of the room (appliance/decisions/0014). */
export type Encoding = 'flac' | 'opus';

/**
 * Encodes one recording. What it returns ends where a file may end: between two frames of FLAC (RFC 9639 section 9), between
 * two pages of Ogg (RFC 3533 section 6). So a recording that breaks off is a whole file all the same.
 */
export interface Encoder {
  /**
   * Takes clear audio, 16 bits little-endian, two channels in turn, of any length, and returns what is complete with it.
   * Throws `sealing-failed`.
   */
  encode(audio: Buffer): Buffer;
  /** The rest, once nothing follows. */
  end(): Buffer;
  /** Frames of clear audio, one sample of each channel, in what was returned so far: all that came, after the end. */
  frames(): number;
  /** Gives its memory back; nothing else may be asked of it then. */
  free(): void;
}

const ENCODERS: Record<Encoding, () => Promise<Encoder>> = { flac: createFlac, opus: createOpus };

/** An encoder of that kind, whose library is loaded with the first one. Throws `sealing-failed`. */
export function createEncoder(encoding: Encoding): Promise<Encoder> {
  return ENCODERS[encoding]();
}

// libopus, compiled to WebAssembly, and its packets in pages of Ogg (RFC 7845).
//
// 36 kbit/s in narrow band, by the part of the codec that takes the parties as they are (restricted low delay): the part that
// is made for one voice mixes the two, and who said what is lost (appliance/decisions/0014). Frames of 60 ms are the
// longest that it has, and cost the least.

import { Application, Bandwidth, createEncoder, loadLibopus, Signal } from 'libopus-wasm';
import { FRAME_BYTES, RATE } from '../spool/edit-list.ts';
import type { Encoder } from './encoder.ts';
import { inUnits } from './in-units.ts';
import { createOgg } from './ogg.ts';
import { opusHead, opusTags } from './opus-headers.ts';

const CHANNELS = 2;
const PACKET_FRAMES = (RATE * 60) / 1_000;
const PACKET_BYTES = PACKET_FRAMES * FRAME_BYTES;
/** Positions in Ogg count samples of 48 kHz, whatever was encoded (RFC 7845 section 4). */
const IN_48 = 48_000 / RATE;
/** A page should be no longer than a second (RFC 7845 section 6): who seeks lands on one. */
const PAGE_PACKETS = 16;

const SETTINGS = {
  sampleRate: RATE,
  channels: CHANNELS,
  frameSize: PACKET_FRAMES,
  application: Application.RestrictedLowDelay,
  maxBandwidth: Bandwidth.Narrowband,
  signal: Signal.Voice,
  bitrate: 36_000,
  complexity: 0,
  vbr: true,
  vbrConstraint: false,
} as const;

export async function createOpus(): Promise<Encoder> {
  const [{ version }, opus] = await Promise.all([loadLibopus(), createEncoder(SETTINGS)]);
  const lookahead = opus.getLookahead();
  const ogg = createOgg();
  const whole = inUnits(PACKET_BYTES);
  let packets = 0;
  /** Frames of clear audio in all, once that is known. */
  let total: number | undefined;
  const head = () => {
    const first = ogg.page([opusHead(CHANNELS, lookahead * IN_48, RATE)], 0);
    return [first, ogg.page([opusTags(version)], 0)];
  };
  /** Whole packets of these bytes. The last page of all says how much of them is audio. */
  const pagesOf = (bytes: Buffer): Buffer[] => {
    const pages = packets === 0 && bytes.length > 0 ? head() : [];
    for (let at = 0; at < bytes.length; at += PAGE_PACKETS * PACKET_BYTES) {
      const part = bytes.subarray(at, at + PAGE_PACKETS * PACKET_BYTES);
      const made = Array.from({ length: part.length / PACKET_BYTES }, (_, index) =>
        opus.encode(part.subarray(index * PACKET_BYTES, (index + 1) * PACKET_BYTES)),
      );
      packets += made.length;
      const last = total !== undefined && at + part.length === bytes.length;
      const frames = last ? lookahead + (total ?? 0) : packets * PACKET_FRAMES;
      pages.push(ogg.page(made, frames * IN_48, last));
    }
    return pages;
  };
  return {
    encode: (audio) => Buffer.concat(pagesOf(whole.take(audio))),
    end() {
      // What it still holds back comes out behind silence.
      const frames = Math.floor(whole.rest().length / FRAME_BYTES);
      const rest = Buffer.alloc(Math.ceil((frames + lookahead) / PACKET_FRAMES) * PACKET_BYTES);
      whole.rest().copy(rest, 0, 0, frames * FRAME_BYTES);
      total = packets * PACKET_FRAMES + frames;
      return Buffer.concat(pagesOf(rest));
    },
    frames: () => total ?? Math.max(0, packets * PACKET_FRAMES - lookahead),
    free: () => opus.free(),
  };
}

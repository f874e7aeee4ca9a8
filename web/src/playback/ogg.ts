/**
 * Cuts an Ogg Opus file into pieces that can be decoded one after the other. A browser decodes Opus to 48 000 frames a
 * second whatever it was made from, so that an hour at once would take more than a gigabyte of memory.
 */

import { joined } from '../../../src/shared/packets.ts';

const CAPTURE = 0x4f676753;
const HEAD_BYTES = 27;
const CONTINUED = 1;
const PRE_SKIP_AT = 10;
const PIECE_SECONDS = 60;

/** Opus counts in these, always (RFC 7845, section 4). */
export const OPUS_RATE = 48_000;

export interface Piece {
  bytes: Uint8Array<ArrayBuffer>;
  /** Which frame of the whole it begins with. */
  from: number;
}

interface Page {
  start: number;
  end: number;
  payload: number;
  continued: boolean;
  /** How many frames there are up to its end. */
  frames: number;
}

/** Pieces of about a minute, and the length of the whole in frames. A page that is cut off at the end is left out. */
export function cutOgg(ogg: Uint8Array<ArrayBuffer>): { frames: number; pieces: Piece[] } {
  const pages = pagesOf(ogg);
  const first = pages.findIndex(({ frames }) => frames !== 0);
  const [head] = pages;
  if (!head || first < 1) throw new Error('not an Ogg Opus file with audio');
  const audio = pages.slice(first);
  const headers = ogg.subarray(0, pages[first]?.start);
  const skip = new DataView(ogg.buffer, ogg.byteOffset + head.payload).getUint16(PRE_SKIP_AT, true);
  const pieces: Piece[] = [];
  let from = 0;
  for (let at = 0; at < audio.length; ) {
    const next = endOfPiece(audio, at, from);
    pieces.push({ bytes: joined([headers, ogg.subarray(audio[at]?.start, audio[next - 1]?.end)]), from });
    from = Math.max(0, (audio[next - 1]?.frames ?? 0) - skip);
    at = next;
  }
  return { frames: from, pieces };
}

/** The first page of the following piece: a minute on, and not in the middle of a packet. */
function endOfPiece(pages: Page[], start: number, from: number): number {
  const full = (page: Page) => page.frames - from >= PIECE_SECONDS * OPUS_RATE;
  for (let at = start + 1; at < pages.length; at++) {
    const [before, page] = [pages[at - 1], pages[at]];
    if (before && page && full(before) && !page.continued) return at;
  }
  return pages.length;
}

function pagesOf(ogg: Uint8Array<ArrayBuffer>): Page[] {
  const view = new DataView(ogg.buffer, ogg.byteOffset, ogg.length);
  const pages: Page[] = [];
  for (let start = 0; start + HEAD_BYTES <= ogg.length && view.getUint32(start) === CAPTURE; ) {
    const payload = start + HEAD_BYTES + view.getUint8(start + 26);
    const sizes = ogg.subarray(start + HEAD_BYTES, payload);
    const end = payload + sizes.reduce((sum, size) => sum + size, 0);
    if (end > ogg.length) break;
    const continued = (view.getUint8(start + 5) & CONTINUED) !== 0;
    pages.push({ start, end, payload, continued, frames: Number(view.getBigInt64(start + 6, true)) });
    start = end;
  }
  return pages;
}

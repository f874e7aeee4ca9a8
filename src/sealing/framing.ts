// Where encoded audio may end: between two frames of FLAC (RFC 9639 section 9), between two pages of Ogg (RFC 3533
// section 6). What is written to disk ends there, so that a recording that breaks off is a whole file all the same.

import { createScratch } from '../shared/scratch.ts';
import { RATE } from '../spool/edit-list.ts';
import { crc8 } from './crc8.ts';

/** What a policy may name: FLAC gives every sample back, Opus takes two fifths of the room (appliance/decisions/0014). */
export type Encoding = 'flac' | 'opus';

export interface Framing {
  /** Takes encoded bytes as they come and returns those of whole units only, which stay as they are until the next call. */
  take(bytes: Buffer): Buffer;
  /** Frames of clear audio in the units returned so far. */
  frames(): number;
  /** What was kept, once nothing follows: the last frame of FLAC, whose end only the end shows. */
  rest(): Buffer;
}

/** Finds the units of that encoding. */
export function framingOf(encoding: Encoding): Framing {
  let [kept, frames, number] = [Buffer.alloc(0), 0, -1];
  let preSkip = 0;
  const scratch = createScratch();
  return {
    take(bytes) {
      kept = following(kept, bytes, scratch(kept.length + bytes.length));
      let end = 0;
      for (;;) {
        const unit = encoding === 'flac' ? flacUnit(kept, end, number + 1) : oggPage(kept, end);
        if (!unit) break;
        number += 1;
        if (encoding === 'opus' && number === 0) preSkip = preSkipIn(kept);
        if (encoding === 'flac') frames += unit.frames;
        else frames = Math.max(frames, unit.frames - preSkip);
        end = unit.end;
      }
      const whole = kept.subarray(0, end);
      kept = kept.subarray(end);
      return whole;
    },
    frames: () => frames,
    rest: () => kept,
  };
}

/** One after the other in that room, in which the first may lie already. */
function following(first: Buffer, second: Buffer, room: Buffer<ArrayBuffer>): Buffer<ArrayBuffer> {
  first.copy(room);
  second.copy(room, first.length);
  return room;
}

interface Unit {
  /** The byte after its last. */
  end: number;
  /** Frames of clear audio: of FLAC in the unit, of Ogg up to its end. */
  frames: number;
}

/** Unit 0 is all that comes before the first frame; frame n is unit n + 1. A unit ends where the next frame begins. */
function flacUnit(bytes: Buffer, from: number, unit: number): Unit | undefined {
  const frames = unit === 0 ? 0 : flacHeader(bytes, from, unit - 1);
  const first = unit === 0 ? endOfMetadata(bytes) : from + 2;
  if (frames === undefined || first === undefined) return undefined;
  for (let at = bytes.indexOf(SYNC, first); at >= 0; at = bytes.indexOf(SYNC, at + 1))
    if (flacHeader(bytes, at, unit) !== undefined) return { end: at, frames };
  return undefined;
}

/** Where the metadata blocks end; undefined while they are not all there. */
function endOfMetadata(bytes: Buffer): number | undefined {
  for (let at = 4; at + 4 <= bytes.length; ) {
    const last = ((bytes[at] ?? 0) & 0x80) !== 0;
    at += 4 + bytes.readUIntBE(at + 1, 3);
    if (last) return at;
  }
  return undefined;
}

/** How every frame of FLAC begins that is of a fixed block size. */
const SYNC = Buffer.of(0xff, 0xf8);

/** Samples of the frame with that number, when its header stands there and its check sum is right. */
function flacHeader(bytes: Buffer, at: number, number: number): number | undefined {
  if (bytes[at] !== 0xff || bytes[at + 1] !== 0xf8) return undefined;
  const [size, rate] = [(bytes[at + 2] ?? 0) >> 4, (bytes[at + 2] ?? 0) & 0x0f];
  const coded = codedNumber(number);
  let end = at + 4 + coded.length;
  const extra = { 6: 1, 7: 2 }[size] ?? 0;
  if (end + extra + 3 > bytes.length || !bytes.subarray(at + 4, end).equals(coded)) return undefined;
  const samples = extra
    ? bytes.readUIntBE(end, extra) + 1
    : size === 1
      ? 192
      : size < 6
        ? 576 << (size - 2)
        : 256 << (size - 8);
  end += extra + ({ 12: 1, 13: 2, 14: 2 }[rate] ?? 0);
  return bytes[end] === crc8(bytes.subarray(at, end)) ? samples : undefined;
}

/** A frame's number in the code of UTF-8 (section 9.1.5). */
function codedNumber(number: number): Buffer {
  if (number < 0x80) return Buffer.from([number]);
  let bytes = 2;
  while (number >= 2 ** (5 * bytes + 1)) bytes += 1;
  const coded = Buffer.alloc(bytes);
  for (let at = bytes - 1, left = number; at >= 0; at -= 1, left = Math.floor(left / 64))
    coded[at] = at > 0 ? 0x80 | (left % 64) : ((0xff00 >> bytes) & 0xff) | left;
  return coded;
}

/** A page says how many samples of 48 kHz there are up to its end, those included that a decoder drops at the start. */
function oggPage(bytes: Buffer, at: number): Unit | undefined {
  const segments = bytes[at + 26] ?? 0;
  const content = at + 27 + segments;
  if (bytes.length < content) return undefined;
  const end = bytes.subarray(at + 27, content).reduce((sum, size) => sum + size, content);
  if (bytes.length < end) return undefined;
  return { end, frames: at48(Number(bytes.readBigInt64LE(at + 6))) };
}

/** How much a decoder drops at the start, from the head of the stream in the first page (RFC 7845 section 5.1). */
function preSkipIn(firstPage: Buffer): number {
  return at48(firstPage.readUInt16LE(27 + (firstPage[26] ?? 0) + 10));
}

function at48(samples: number): number {
  return Math.floor((samples * RATE) / 48_000);
}

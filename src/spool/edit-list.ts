// What may be sealed of a capture: pieces of the raw file, in order, and between them digital zero for as long as the
// gap lasted, so that the time of the audio is the time of the clock (ADR 0008). All of it is a pure function of the
// sheet and of how long the file is; everything the sheet does not permit is left out.

import { segmentsOf } from './segments.ts';
import type { Sheet } from './sheet.ts';

/** Clear audio as the dialplan captures it: 8 kHz, two channels, 16 bit, little-endian, no header. */
export const FRAME_BYTES = 4;
export const RATE = 8_000;

const BYTES_PER_MS = (RATE / 1000) * FRAME_BYTES;

export type Piece = { kind: 'audio'; from: number; bytes: number } | { kind: 'silence'; bytes: number };

export interface EditList {
  /** True when a party objected: then nothing may be sealed at all (C04). */
  destroyed: boolean;
  pieces: Piece[];
}

/**
 * The list for a raw file of that many bytes. A stretch that still runs reaches to the file's end. Ask for the size
 * first and read the sheet after: then the sheet knows of every byte that was counted.
 */
export function editList(sheet: Sheet, size: number): EditList {
  const destroyed = sheet.lines.some(({ event }) => event === 'recording.destroyed');
  const segments = segmentsOf(sheet);
  const pieces = segments.flatMap(({ from, to }, index): Piece[] => {
    const before = segments[index - 1];
    const end = Math.min(to ?? size, size);
    const audio: Piece = { kind: 'audio', from, bytes: wholeFrames(end - from) };
    if (!before?.endedAt || before.to === null) return [audio];
    const ms = (segments[index]?.startedAt.getTime() ?? 0) - before.endedAt.getTime();
    // Bytes that were captured and are left out (the last moments before a stop) lasted as well.
    const leftOut = wholeFrames(from - before.to);
    return [{ kind: 'silence', bytes: Math.max(0, ms) * BYTES_PER_MS + leftOut }, audio];
  });
  return { destroyed, pieces: pieces.filter(({ bytes }) => bytes > 0) };
}

/** Length of what the pieces give, in bytes. */
export function lengthOf(pieces: Piece[]): number {
  return pieces.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** The first so many bytes of what the pieces give. */
export function upTo(pieces: Piece[], bytes: number): Piece[] {
  let left = bytes;
  return pieces.flatMap((piece) => {
    const taken = Math.min(left, piece.bytes);
    left -= taken;
    return taken > 0 ? [{ ...piece, bytes: taken }] : [];
  });
}

/** What comes after the first so many bytes. */
export function after(pieces: Piece[], bytes: number): Piece[] {
  let skip = bytes;
  return pieces.flatMap((piece) => {
    const passed = Math.min(skip, piece.bytes);
    skip -= passed;
    if (passed === piece.bytes) return [];
    const rest = { ...piece, bytes: piece.bytes - passed };
    return [rest.kind === 'audio' ? { ...rest, from: rest.from + passed } : rest];
  });
}

/**
 * What is certain while the call lasts: everything but the last moments, in bytes. A gap is certain only together with
 * the audio that follows it, since a cut there takes the gap away too.
 */
export function withoutTail(pieces: Piece[], tailBytes: number): Piece[] {
  const certain = upTo(pieces, Math.max(0, lengthOf(pieces) - tailBytes));
  while (certain.at(-1)?.kind === 'silence') certain.pop();
  return certain;
}

function wholeFrames(bytes: number): number {
  return Math.max(0, bytes - (bytes % FRAME_BYTES));
}

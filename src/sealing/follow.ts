// Reads a capture that still grows, and of it only what its sheet permits: up to its present end, then it waits for
// more, until it is known to be complete. The same code reads a whole file that a crash left behind. Both files lie in
// memory, so no look waits for a disk: to hand it to another thread would cost ten times as much.

import { closeSync, fstatSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { GreffierError } from '../shared/errors.ts';
import { createScratch, type Scratch } from '../shared/scratch.ts';
import {
  after,
  editList,
  FRAME_BYTES,
  lengthOf,
  type Piece,
  RATE,
  upTo,
  withoutTail,
} from '../spool/edit-list.ts';
import { parseSheet, type Sheet } from '../spool/sheet.ts';
import type { Completion } from './completion.ts';
import { lookingCycle } from './cycle.ts';

const CHUNK_BYTES = 64 * 1024;
/** Kept back while the call lasts, so that a cut or an objection that is said a moment late is still in time. */
const TAIL_BYTES = 2 * RATE * FRAME_BYTES;

const SILENCE = Buffer.alloc(CHUNK_BYTES);

/** The two files of a call in the spool. */
export interface Capture {
  /** Path of the clear audio. */
  audio: string;
  /** Path of the call sheet. */
  sheet: string;
}

/**
 * Yields what may be sealed, as it comes; a chunk stays as it is until the next one is asked for. Ends when the writer is done and everything was read.
 * Throws `recording-destroyed` when a party objected, or the sealing was aborted; and `capture-changed` when the sheet
 * takes back what was already yielded: then what was sealed is to be discarded, and sealed again from its start.
 */
export async function* follow(capture: Capture, completion: Completion): AsyncGenerator<Buffer> {
  const file = openSync(capture.audio, 'r');
  const sheetNow = sheetReader(capture.sheet);
  const scratch = createScratch();
  const nextLook = lookingCycle();
  let sealed: Piece[] = [];
  try {
    for (;;) {
      // Asked before the look: what is written until the completion is seen by the look that follows it.
      const last = completion.complete;
      const { size } = fstatSync(file);
      const pieces = permitted(sheetNow(), size, completion);
      const done = lengthOf(sealed);
      if (!isDeepStrictEqual(upTo(pieces, done), sealed)) throw changed();
      const due = after(last ? pieces : withoutTail(pieces, TAIL_BYTES), done);
      let bytes = 0;
      for (const chunk of contentOf(file, due, scratch)) {
        // An hour of silence takes a while: an objection does not wait for it.
        if (completion.aborted) throw destroyed();
        yield chunk;
        bytes += chunk.length;
        // Much lies there: other recordings take their turn between two chunks of it.
        if (chunk.length === CHUNK_BYTES) await setImmediate();
      }
      sealed = upTo(pieces, done + bytes);
      // The dialplan empties the file of a recording that it destroys: when less was read, the next look says why.
      if (last && bytes === lengthOf(due)) return;
      await completion.wait(nextLook());
    }
  } finally {
    closeSync(file);
  }
}

/** Reads the sheet again only when it has grown: it says something new a few times in a call, and is asked each time. */
function sheetReader(path: string): () => Sheet {
  let known = { size: -1, sheet: parseSheet('', '') };
  return () => {
    const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    if (size !== known.size) {
      const text = size > 0 ? readFileSync(path, 'utf8') : '';
      known = { size: Buffer.byteLength(text), sheet: parseSheet('', text) };
    }
    return known.sheet;
  };
}

function permitted(sheet: Sheet, size: number, completion: Completion): Piece[] {
  const list = editList(sheet, size);
  if (list.destroyed || completion.aborted) throw destroyed();
  return list.pieces;
}

/** The pieces' bytes, a chunk at a time: memory stays flat for a pause of an hour. Ends early when the file does. */
function* contentOf(file: number, pieces: Piece[], scratch: Scratch): Generator<Buffer> {
  for (const piece of pieces) {
    for (let at = 0; at < piece.bytes; ) {
      const length = Math.min(CHUNK_BYTES, piece.bytes - at);
      const chunk =
        piece.kind === 'silence' ? SILENCE.subarray(0, length) : read(file, piece.from + at, scratch(length));
      if (chunk.length === 0) return;
      yield chunk;
      at += chunk.length;
    }
  }
}

function read(file: number, position: number, room: Buffer): Buffer {
  return room.subarray(0, readSync(file, room, 0, room.length, position));
}

function destroyed(): GreffierError {
  return new GreffierError('recording-destroyed', 'the recording was destroyed while it was sealed');
}

function changed(): GreffierError {
  return new GreffierError('capture-changed', 'the sheet took back what was sealed already', {
    hint: 'it is sealed again from its start by itself',
  });
}

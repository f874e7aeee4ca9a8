// The file of the log. It only grows at its end (O_APPEND), by the daemon and by commands at once; what is erased is
// overwritten where it lies, what is pruned becomes a hole at its beginning. So no place in it ever moves.

import { closeSync, constants, fstatSync, openSync, readSync, write } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { execa } from 'execa';
import { isMissing } from '../shared/errors.ts';
import { readIfThere, syncFolder } from '../shared/files.ts';
import { type AuditLine, linesIn } from './entry.ts';

/** Where the log begins: what was before was pruned. */
export interface Beginning {
  index: number;
  offset: number;
}

export const LOG = 'log';
export const PRUNED = 'pruned.json';
const LF = 10;
const START: Beginning = { index: 0, offset: 0 };
const CHUNK = 1 << 20;
/** Some seven hundred lines: a few milliseconds of work. */
const PART = 1 << 18;
/** Grows at its end alone, and what is written is on disk when the call returns: no flush of its own after it. */
const APPENDING = constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | constants.O_DSYNC;
const writeBytes = promisify(write);

/**
 * Adds lines at the end, and returns when they are on disk: one flush for all of them. Only the write waits for a thread,
 * which the flushes of recordings wait for too; the steps around it take some microseconds and touch no disk.
 * @param torn what is written first when a power cut tore the last line: it says so, and the line stays what it is
 * @param wholeTo size of the log in bytes at which its last line is known to be whole: then it is not looked at
 * Returns that size for the next time.
 */
export async function appendLines(
  folder: string,
  lines: string[],
  torn: () => string,
  wholeTo = 0,
): Promise<number> {
  const path = join(folder, LOG);
  const file = openSync(path, APPENDING, 0o600);
  try {
    const { size } = fstatSync(file);
    const whole = size === wholeTo || size === 0 || byteAt(file, size - 1) === LF;
    const bytes = Buffer.from(`${whole ? '' : `\n${torn()}`}${lines.join('')}`);
    // A disk that fills up takes a part and says so by its count alone: what is not whole is not written.
    const { bytesWritten } = await writeBytes(file, bytes);
    if (bytesWritten < bytes.length)
      throw new Error(`only ${bytesWritten} of ${bytes.length} bytes were written`);
    if (size === 0) await syncFolder(dirname(path));
    return size + bytes.length;
  } finally {
    closeSync(file);
  }
}

function byteAt(file: number, place: number): number | undefined {
  const byte = Buffer.alloc(1);
  readSync(file, byte, 0, 1, place);
  return byte[0];
}

/** Where the log begins. */
export async function beginningOf(folder: string): Promise<Beginning> {
  const text = await readIfThere(join(folder, PRUNED));
  if (text === undefined) return START;
  const { index, offset } = JSON.parse(text) as Beginning;
  return { index, offset };
}

/** The lines from one place on; those before the log's beginning are gone. */
export async function readLines(folder: string, from: Beginning = START): Promise<AuditLine[]> {
  const beginning = await beginningOf(folder);
  const first = from.index < beginning.index ? beginning : from;
  return linesIn(await readFrom(join(folder, LOG), first.offset), first);
}

/**
 * The lines from one place on, a part of the file at a time: between two parts others have their turn, and no more than
 * one part is in memory, however long the log is.
 */
export async function* walkLines(folder: string, from: Beginning = START): AsyncGenerator<AuditLine[]> {
  const beginning = await beginningOf(folder);
  let at = from.index < beginning.index ? beginning : from;
  for (let length = PART; ; ) {
    const bytes = await readBytes(folder, at.offset, at.offset + length);
    const lines = linesIn(bytes, at);
    const last = lines.at(-1);
    if (last) {
      yield lines;
      at = { index: last.index + 1, offset: last.end };
      length = PART;
    } else if (bytes.length < length) return;
    else length *= 2;
  }
}

/** The bytes of the log between two places. */
export function readBytes(folder: string, from: number, to: number): Promise<Buffer> {
  return readFrom(join(folder, LOG), from, to - from);
}

async function readFrom(path: string, offset: number, most = Number.MAX_SAFE_INTEGER): Promise<Buffer> {
  const file = await open(path, 'r').catch((error) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  if (!file) return Buffer.alloc(0);
  try {
    const { size } = await file.stat();
    const bytes = Buffer.alloc(Math.min(Math.max(size - offset, 0), most));
    const { bytesRead } = await file.read(bytes, 0, bytes.length, offset);
    return bytes.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Overwrites the payload of a line with spaces, where it lies. */
export async function blankPayload(folder: string, { offset, leaf, payload }: AuditLine): Promise<void> {
  const file = await open(join(folder, LOG), 'r+');
  try {
    // The leaf ends with a line feed here, and with a tab there.
    await file.write(Buffer.alloc(payload.length, ' '), 0, payload.length, offset + leaf.length);
    await file.datasync();
  } finally {
    await file.close();
  }
}

/** Overwrites all before a place, and gives its room back where the file system can make holes. */
export async function blankBefore(folder: string, offset: number): Promise<void> {
  const path = join(folder, LOG);
  const file = await open(path, 'r+');
  try {
    for (let at = 0; at < offset; at += CHUNK) {
      const length = Math.min(CHUNK, offset - at);
      const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at);
      // What was blanked before is a hole already.
      if (buffer.subarray(0, bytesRead).some((byte) => byte !== 0))
        await file.write(Buffer.alloc(length), 0, length, at);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  if (offset > 0)
    await execa('fallocate', ['--punch-hole', '--offset', '0', '--length', String(offset), path], {
      reject: false,
    });
}

// Files that must survive a power cut: written beside their place, flushed, renamed, and the folder flushed too.
// A failed run leaves what was there before.

import * as fs from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { isMissing } from './errors.ts';
import { shareNext } from './share-next.ts';

// What makes one wait for a disk that is slow, full or gone goes to another thread: opening, writing through, flushing.
// Each turn of it costs several times as much as what is done in it, so what only looks at an open file does not.
const openIn = promisify(fs.open);
const flushIn = promisify(fs.fsync);
const writeIn = promisify(fs.write);

const { O_APPEND, O_CREAT, O_DSYNC, O_TRUNC, O_WRONLY } = fs.constants;
/** What is written is on disk when the write returns: no flush of its own after it. */
const ANEW = O_WRONLY | O_CREAT | O_TRUNC | O_DSYNC;
const AT_ITS_END = O_WRONLY | O_CREAT | O_APPEND | O_DSYNC;
const OVER_IT = O_WRONLY | O_DSYNC;

/** Opens a file for some work, and closes it whatever becomes of the work. */
async function opened<T>(path: string, flags: number, mode: number, work: (file: number) => Promise<T>) {
  const file = await openIn(path, flags, mode);
  try {
    return await work(file);
  } finally {
    fs.closeSync(file);
  }
}

/** Flushes a folder, so that the names in it survive a power cut. Those who ask while that goes on share the next flush. */
export const syncFolder = shareNext((folder) => opened(folder, fs.constants.O_RDONLY, 0, flushIn));

/** What a file is made with that nobody else may read: no mask takes anything from it. */
const OWN = 0o600;

/** Writes a whole file durably and at once: readers see the old content or the new, never a part. */
export function writeDurably(path: string, content: string | Uint8Array, mode = OWN): Promise<void> {
  return writeAllDurably([[path, content]], mode);
}

/**
 * The same for several files of one folder, which appear one after the other in their order. They share the flush of the
 * folder: after a power cut any of them may be missing, on a file system that does not keep the order of names.
 */
export async function writeAllDurably(files: [path: string, content: string | Uint8Array][], mode = OWN) {
  const beside = (path: string) => `${path}.${process.pid}.tmp`;
  try {
    await Promise.all(files.map(([path, content]) => writeFlushed(beside(path), content, mode)));
    for (const [path] of files) await rename(beside(path), path);
  } catch (error) {
    for (const [path] of files) await rm(beside(path), { force: true });
    throw error;
  }
  await syncFolder(dirname(files[0]?.[0] ?? ''));
}

/** Writes and flushes a file in a folder that nobody looks into yet. */
export function writeFlushed(path: string, content: string | Uint8Array, mode = OWN): Promise<void> {
  return opened(path, ANEW, mode, async (file) => {
    await writeThrough(file, typeof content === 'string' ? Buffer.from(content) : content);
    if (mode === OWN) return;
    // Whatever the process masks: a file that another program reads must be readable by it.
    fs.fchmodSync(file, mode);
    await flushIn(file);
  });
}

/** Overwrites a file where it lies, and flushes it; what() is told its size in bytes, and gives what is written over it. */
export function overwrite(path: string, what: (size: number) => Uint8Array): Promise<void> {
  return opened(path, OVER_IT, OWN, (file) => writeThrough(file, what(fs.fstatSync(file).size)));
}

/** A disk that fills up takes a part, and says why with the next one. */
async function writeThrough(file: number, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) at += (await writeIn(file, bytes, at)).bytesWritten;
}

/** Writes all of it at the place where an open file is. Throws what the disk throws; then a part of it may be written. */
export function writeWhole(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += fs.writeSync(file, bytes, at);
}

/** Adds one line to a file and returns once it is on disk. Short lines of several processes do not mix (O_APPEND). */
export function appendDurably(path: string, line: string): Promise<void> {
  return opened(path, AT_ITS_END, OWN, (file) => writeThrough(file, Buffer.from(`${line}\n`)));
}

/** Makes a folder and its parents, and makes their names survive a power cut. */
export async function makeFolder(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true, mode: 0o700 });
  if (!first) return;
  for (let folder = path; folder.length >= first.length; folder = dirname(folder))
    await syncFolder(dirname(folder));
}

const SMALL_BYTES = 8 * 1024;

/**
 * Content of a file of a few kilobytes, or undefined when there is none. Only its opening waits in another thread, which
 * is where a disk that is slow or gone makes one wait: each turn more costs several times as much as the reading.
 */
export async function readSmall(path: string): Promise<Buffer | undefined> {
  const file = await openIn(path, 'r').catch((error) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  if (file === undefined) return undefined;
  try {
    const room = Buffer.allocUnsafe(SMALL_BYTES);
    const length = fs.readSync(file, room, 0, SMALL_BYTES, 0);
    return length < SMALL_BYTES ? room.subarray(0, length) : fs.readFileSync(file);
  } finally {
    fs.closeSync(file);
  }
}

/** Content of a text file, or undefined when there is none. */
export async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Lines of a file in which each line is one JSON value. A last line that a power cut left in half is passed over. */
export async function readJsonLines<T>(path: string): Promise<T[]> {
  const lines = ((await readIfThere(path)) ?? '').split('\n').filter(Boolean);
  return lines.flatMap((line, index) => {
    try {
      return [JSON.parse(line) as T];
    } catch (error) {
      if (index === lines.length - 1) return [];
      throw new Error(`line ${index + 1} of ${path} is not JSON`, { cause: error });
    }
  });
}

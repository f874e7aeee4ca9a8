// Files that must survive a power cut: written beside their place, flushed, renamed, and the folder flushed too.
// A failed run leaves what was there before.

import { closeSync, open as openFile, readFileSync, readSync, writeSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { isMissing } from './errors.ts';

/** Flushes a folder, so that the names in it survive a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

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
export async function writeFlushed(path: string, content: string | Uint8Array, mode = OWN): Promise<void> {
  const handle = await open(path, 'w', mode);
  try {
    // Whatever the process masks: a file that another program reads must be readable by it.
    if (mode !== OWN) await handle.chmod(mode);
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Writes all of it at the place where an open file is. Throws what the disk throws; then a part of it may be written. */
export function writeWhole(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
}

/** Adds one line to a file and returns once it is on disk. Short lines of several processes do not mix (O_APPEND). */
export async function appendDurably(path: string, line: string): Promise<void> {
  const handle = await open(path, 'a', 0o600);
  try {
    await handle.write(`${line}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes a folder and its parents, and makes their names survive a power cut. */
export async function makeFolder(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true, mode: 0o700 });
  if (!first) return;
  for (let folder = path; folder.length >= first.length; folder = dirname(folder))
    await syncFolder(dirname(folder));
}

const openIn = promisify(openFile);
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
    const length = readSync(file, room, 0, SMALL_BYTES, 0);
    return length < SMALL_BYTES ? room.subarray(0, length) : readFileSync(file);
  } finally {
    closeSync(file);
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

// Files on a share that others can write to as well: what lies there may be a link, a pipe, or endless.

import { constants } from 'node:fs';
import { chmod, lstat, mkdir, open, realpath, rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isMissing } from '../shared/errors.ts';
import { syncFolder } from '../shared/files.ts';

/** A checkpoint has some two hundred bytes, its signature about as many. */
const LARGEST_BYTES = 10_000;

/** Text of a small file. A link is not followed, a pipe not waited for. */
export async function readSmall(path: string): Promise<string> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const about = await file.stat();
    if (!about.isFile()) throw new Error(`${basename(path)} is no file`);
    if (about.size > LARGEST_BYTES) throw new Error(`${basename(path)} has ${about.size} bytes`);
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
}

/** Whether anything is there: a file, a link to nothing, whatever. */
export async function isThere(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/** Adds a file, whole or not at all. Whoever calls has seen that its name is free, and is the only writer. */
export async function addFile(path: string, content: string): Promise<void> {
  const beside = `${path}.${process.pid}-${Date.now()}.tmp`;
  const file = await open(beside, 'wx', 0o644);
  try {
    await openToAll(file.chmod(0o644));
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(beside, path);
}

/** Makes a folder, unless it is there. */
export async function addFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return;
    throw error;
  }
  await openToAll(chmod(path, 0o755));
}

/** Whatever the process masks: others are meant to read it. Not every share knows of rights. */
async function openToAll(change: Promise<void>): Promise<void> {
  await change.catch((error) => {
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(error.code)) throw error;
  });
}

/** Throws unless a folder is a folder of its own and no way to somewhere else. */
export async function insistOnFolder(path: string): Promise<void> {
  const own = join(await realpath(dirname(path)), basename(path));
  if ((await realpath(path)) !== own || !(await lstat(path)).isDirectory())
    throw new Error(`${path} leads somewhere else`);
}

/** Flushes a folder, where the share knows how. */
export async function syncIfPossible(folder: string): Promise<void> {
  await syncFolder(folder).catch((error) => {
    if (!['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'EBADF'].includes(error.code)) throw error;
  });
}

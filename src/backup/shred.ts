// Destroying what lies on a target: overwritten as far as the disk or the share writes in place, then unlinked. Unlike in
// the vault (src/vault/shred.ts) a whole set of headers has to go, however large it is.

import { randomBytes } from 'node:crypto';
import { constants, open, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { syncFolder } from '../shared/files.ts';
import { absent } from '../vault/days.ts';

const CHUNK = 1 << 20;

/** Destroys a file. Nothing to do when it is gone. */
export async function shredWhole(path: string): Promise<void> {
  const handle = await open(path, constants.O_RDWR | constants.O_NOFOLLOW).catch(absent);
  if (!handle) return;
  try {
    const { size } = await handle.stat();
    for (let at = 0; at < size; at += CHUNK)
      await handle.write(randomBytes(Math.min(CHUNK, size - at)), 0, undefined, at);
    await handle.sync();
  } finally {
    await handle.close();
  }
  // Somebody else may be destroying the same.
  await rm(path, { force: true });
}

/** Destroys every file below a folder, and the folder. What is in it does not count any more, so the order is free. */
export async function shredTree(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(absent);
  if (!entries) return;
  for (const entry of entries) if (entry.isFile()) await shredWhole(join(entry.parentPath, entry.name));
  await rm(folder, { recursive: true, force: true });
  await syncFolder(dirname(folder));
}

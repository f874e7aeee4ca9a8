// Destroying one file. For the header that is all of a recording's destruction: nothing opens without it.

import { randomBytes } from 'node:crypto';
import { open, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder } from '../shared/files.ts';
import { absent } from './days.ts';

/**
 * Overwrites before unlinking, so that a disk that writes in place holds nothing of it. Flash keeps old blocks for a
 * while; there the encryption of the disk has to help (appliance/docs/vault.md).
 * @param forGood whether the folder is flushed, too, so that a power cut cannot bring the name back
 */
export async function shredFile(path: string, forGood = true): Promise<void> {
  const handle = await open(path, 'r+').catch(absent);
  if (!handle) return;
  try {
    const { size } = await handle.stat();
    if (size <= 1 << 20) {
      await handle.write(randomBytes(size), 0, size, 0);
      await handle.sync();
    }
  } finally {
    await handle.close();
  }
  await unlink(path);
  if (forGood) await syncFolder(dirname(path));
}

// Destroying one file. For the header that is all of a recording's destruction: nothing opens without it.

import { randomBytes } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder } from '../shared/files.ts';
import { absent } from './days.ts';

/**
 * Overwrites before unlinking, so that a disk that writes in place holds nothing of it. Flash keeps old blocks for a
 * while; there the encryption of the disk has to help (appliance/docs/vault.md).
 */
export async function shredFile(path: string): Promise<void> {
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
  await rm(path);
  await syncFolder(dirname(path));
}

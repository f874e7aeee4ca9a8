// Destroying one file. For the header that is all of a recording's destruction: nothing opens without it.

import { randomBytes } from 'node:crypto';
import { unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { overwrite, syncFolder } from '../shared/files.ts';
import { absent } from './days.ts';

/** What is larger only loses its name: without its header it is noise. */
const OVERWRITTEN_BYTES = 1 << 20;

/**
 * Overwrites before unlinking, so that a disk that writes in place holds nothing of it. Flash keeps old blocks for a
 * while; there the encryption of the disk has to help (appliance/docs/vault.md).
 * @param forGood whether the folder is flushed, too, so that a power cut cannot bring the name back
 */
export async function shredFile(path: string, forGood = true): Promise<void> {
  const noise = (size: number) => randomBytes(size <= OVERWRITTEN_BYTES ? size : 0);
  const there = await overwrite(path, noise).then(() => true, absent);
  if (!there) return;
  await unlink(path);
  if (forGood) await syncFolder(dirname(path));
}

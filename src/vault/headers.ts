// Headers that change while a rotation lasts. The former one is kept beside as header.previous.pgp until the rotation
// is complete, and then destroyed. At every moment of a change header.pgp is a whole header, the old or the new.
//
// The former header is kept as a second name of the same file, not as a copy: so that what is overwritten in the end
// are the blocks that it always lay in. Hence the care below never to overwrite a file that has two names.

import { link, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isCallId } from '../shared/call-id.ts';
import { syncFolder } from '../shared/files.ts';
import { absent } from './days.ts';
import { shredFile } from './shred.ts';

export interface HeaderStore {
  /**
   * Puts another header in the place of the one in force, which is kept as the previous one unless there is one.
   * Returns false when the recording is not there (any more).
   */
  replace(id: string, day: Date, header: Uint8Array): Promise<boolean>;
  /** Puts the previous header back, and destroys the one that took its place. False when there is none. */
  restore(id: string, day: Date): Promise<boolean>;
  /** Destroys the previous header. False when there is none. */
  forgetPrevious(id: string, day: Date): Promise<boolean>;
  /** Headers of what is being sealed. */
  incoming(): AsyncGenerator<{ id: string; header: Buffer }>;
}

/** The headers of a vault; `place` says where a recording lies. */
export function headerStore(incoming: string, place: (id: string, day: Date) => string): HeaderStore {
  const names = (id: string, day: Date) => {
    const folder = place(id, day);
    const [header, previous, next] = ['header.pgp', 'header.previous.pgp', 'header.next.pgp'].map((name) =>
      join(folder, name),
    ) as [string, string, string];
    return { folder, header, previous, next };
  };
  return {
    async replace(id, day, content) {
      const { folder, header, previous, next } = names(id, day);
      if (!(await inode(header))) return false;
      await drop(next, header);
      try {
        await writeNew(next, content);
        if (!(await inode(previous))) await link(header, previous);
        await syncFolder(folder);
        await rename(next, header);
        await syncFolder(folder);
      } catch (error) {
        // The purge came in between, step by step: what it left to do, it does at its next turn.
        return absent(error) ?? false;
      }
      return true;
    },
    async restore(id, day) {
      const { folder, header, previous, next } = names(id, day);
      const restored = await inode(previous);
      await drop(next, header);
      if (!restored) return false;
      if (restored === (await inode(header))) await rm(previous);
      else {
        await link(header, next).catch(absent);
        await rename(previous, header);
        await syncFolder(folder);
        await shredFile(next);
      }
      await syncFolder(folder);
      return true;
    },
    async forgetPrevious(id, day) {
      const { header, previous, next } = names(id, day);
      await drop(next, header);
      const found = (await inode(previous)) !== undefined;
      await drop(previous, header);
      return found;
    },
    async *incoming() {
      for (const id of (await readdir(incoming)).filter(isCallId)) {
        const header = await readFile(join(incoming, id, 'header.pgp')).catch(absent);
        if (header?.length) yield { id, header };
      }
    },
  };
}

/** Destroys a file; but a second name of the header in force is only taken away. */
async function drop(path: string, header: string): Promise<void> {
  const found = await inode(path);
  if (!found) return;
  if (found === (await inode(header))) await rm(path);
  else await shredFile(path);
}

/** Number of the file that a name stands for; undefined when there is none. */
async function inode(path: string): Promise<number | undefined> {
  return (await stat(path).catch(absent))?.ino;
}

async function writeNew(path: string, content: Uint8Array): Promise<void> {
  const handle = await open(path, 'wx', 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

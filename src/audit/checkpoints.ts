// The checkpoints that were taken, beside the log: each a text and its signature. Of each day the last one is kept, so
// that there are not half a million of them in a year.

import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder, readIfThere, writeDurably } from '../shared/files.ts';
import { whileLocked } from '../shared/lock.ts';
import { readCheckpoint } from './checkpoint.ts';

export interface SignedCheckpoint {
  size: number;
  /** In hex. */
  root: string;
  text: string;
  /** Detached, armored. */
  signature: string;
}

const NAME = /^(\d{12})\.txt$/;
const PATIENCE_SECONDS = 30;
const nameOf = (size: number) => String(size).padStart(12, '0');

/** The checkpoints of the log in that folder. */
export function checkpointStore(folder: string) {
  const place = join(folder, 'checkpoints');

  /** Sizes of those that are kept, smallest first. */
  async function sizes(): Promise<number[]> {
    const names = await readdir(place).catch(() => []);
    return names
      .flatMap((name) => NAME.exec(name)?.[1] ?? [])
      .map(Number)
      .sort((a, b) => a - b);
  }

  async function read(size: number): Promise<SignedCheckpoint | undefined> {
    const text = await readIfThere(join(place, `${nameOf(size)}.txt`));
    const signature = await readIfThere(join(place, `${nameOf(size)}.txt.asc`));
    const known = text === undefined ? undefined : readCheckpoint(text);
    return text !== undefined && known && signature ? { size, root: known.root, text, signature } : undefined;
  }

  async function newest(): Promise<SignedCheckpoint | undefined> {
    for (const size of (await sizes()).reverse()) {
      const found = await read(size);
      if (found) return found;
    }
    return undefined;
  }

  async function put({ size, time, text, signature }: SignedCheckpoint & { time: string }): Promise<void> {
    const before = await newest();
    // The signature first: a checkpoint that can be seen is complete.
    await writeDurably(join(place, `${nameOf(size)}.txt.asc`), signature);
    await writeDurably(join(place, `${nameOf(size)}.txt`), text);
    const last = before && readCheckpoint(before.text);
    if (!last || last.size === size || last.time.slice(0, 10) !== time.slice(0, 10)) return;
    for (const end of ['.txt', '.txt.asc'])
      await rm(join(place, `${nameOf(last.size)}${end}`), { force: true });
  }

  /** The one of that size, made when it is not there: by one process only, for its two files belong together. */
  async function keep(
    size: number,
    root: string,
    make: () => Promise<SignedCheckpoint & { time: string }>,
  ): Promise<SignedCheckpoint> {
    const isThere = (found: SignedCheckpoint | undefined) => found?.root === root;
    const before = await read(size);
    if (before && isThere(before)) return before;
    await makeFolder(place);
    return whileLocked(join(place, '.lock'), PATIENCE_SECONDS, async () => {
      const meanwhile = await read(size);
      if (meanwhile && isThere(meanwhile)) return meanwhile;
      const made = await make();
      await put(made);
      return made;
    });
  }

  async function all(): Promise<SignedCheckpoint[]> {
    const found = await Promise.all((await sizes()).map(read));
    return found.flatMap((one) => one ?? []);
  }

  return { newest, keep, all };
}

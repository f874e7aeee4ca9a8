// A package for the admin: one file, which is there whole or not at all.

import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pack } from '../evidence/pack.ts';
import { GreffierError, reasonOf } from '../shared/errors.ts';
import { syncFolder } from '../shared/files.ts';
import { asCaller } from './privileges.ts';

/**
 * Writes NAME.tar, as whoever called, and returns its path. It is laid out beside its place.
 * @param at the time that every file in it bears
 * @param layOut fills an empty folder
 * Throws `not-written`, and what `layOut` does.
 */
export async function writePacked(
  to: string,
  name: string,
  at: Date,
  layOut: (folder: string) => Promise<void>,
): Promise<string> {
  const folder = resolve(to);
  const packed = join(folder, `${name}.tar`);
  await asCaller(async () => {
    let beside: string | undefined;
    try {
      await mkdir(folder, { recursive: true });
      beside = await mkdtemp(join(folder, '.greffier-'));
      await mkdir(join(beside, name));
      await layOut(join(beside, name));
      await pack(join(beside, name), join(beside, 'tar'), at);
      await rename(join(beside, 'tar'), packed);
      await syncFolder(folder);
    } catch (cause) {
      if (cause instanceof GreffierError) throw cause;
      throw new GreffierError('not-written', `cannot write ${packed}: ${reasonOf(cause)}`, { cause });
    } finally {
      if (beside) await rm(beside, { recursive: true, force: true });
    }
  });
  return packed;
}

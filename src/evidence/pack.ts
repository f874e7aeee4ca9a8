// A folder becomes one tar, by the system's own tar. The same files give the same bytes: names in order, and neither
// the clock nor the owner of the machine it is made on.

import { open } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { execa } from 'execa';
import { GreffierError, reasonOf } from '../shared/errors.ts';

/** How tar is called, but for which folder and where to. @param at the time that every file bears */
export function tarArguments(at: Date): string[] {
  const form = ['--format=ustar', '--sort=name', '--owner=0', '--group=0', '--numeric-owner'];
  return ['--create', ...form, `--mtime=@${Math.floor(at.getTime() / 1000)}`, '--mode=u=rwX,go=rX'];
}

/**
 * Packs a folder into a new file, durably.
 * @param at the time that every file in it bears
 * Throws `not-packed`.
 */
export async function pack(folder: string, file: string, at: Date): Promise<void> {
  try {
    const what = [`--file=${file}`, `--directory=${dirname(folder)}`, basename(folder)];
    await execa('tar', [...tarArguments(at), ...what]);
  } catch (cause) {
    throw new GreffierError('not-packed', `the package cannot be written: ${reasonOf(cause)}`, {
      hint: 'is the disk full? is tar installed?',
      cause,
    });
  }
  const packed = await open(file, 'r+');
  try {
    await packed.chmod(0o600);
    await packed.sync();
  } finally {
    await packed.close();
  }
}

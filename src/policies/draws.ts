// Which calls are recorded is drawn, and the draw can be repeated (C11): the seed of each month is made by chance, its
// hash is in the audit log before the first call is drawn by it, and an auditor who is given the seed draws again.

import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { GreffierError } from '../shared/errors.ts';
import { makeFolder, readIfThere, writeDurably } from '../shared/files.ts';

export interface Seed {
  /** 64 hexadecimal digits. */
  seed: string;
  /** SHA-256 of the seed's digits. */
  commitment: string;
}

/** Month of a moment, in UTC, as in `2026-11`. */
export function monthOf(moment: Date): string {
  return moment.toISOString().slice(0, 7);
}

/**
 * The seed of a month; made when there is none. Whoever calls this holds the lock of the policies.
 * @param commit writes the commitment to the audit log; when that fails there is no seed
 * Throws `bad-seed` when the file was tampered with.
 */
export async function seedOf(
  folder: string,
  month: string,
  commit: (commitment: string) => Promise<void>,
): Promise<Seed> {
  const path = join(folder, `${month}.json`);
  const text = await readIfThere(path);
  if (text !== undefined) return checked(text, path);
  const seed = randomBytes(32).toString('hex');
  const made = { seed, commitment: sha256(seed) };
  await makeFolder(folder);
  await commit(made.commitment);
  await writeDurably(path, `${JSON.stringify(made, null, 2)}\n`);
  return made;
}

/** The draw of a call: the first eight hexadecimal digits of sha1(seed:id), as the dialplan takes them. */
export function drawOf(seed: string, call: string): string {
  return createHash('sha1').update(`${seed}:${call}`).digest('hex').slice(0, 8);
}

/** A draw below this is chosen. Eight hexadecimal digits; `g`, which comes after all of them, for every call. */
export function thresholdOf(share: number): string {
  if (share >= 100) return 'g';
  return Math.floor((share * 2 ** 32) / 100)
    .toString(16)
    .padStart(8, '0');
}

/** Compared as text, as the dialplan does. */
export function isChosen(draw: string, threshold: string): boolean {
  return draw < threshold;
}

function checked(text: string, path: string): Seed {
  const bad = new GreffierError('bad-seed', `${path} does not hold a seed and its commitment`, {
    hint: 'restore the file: draws of that month cannot be repeated without it',
  });
  try {
    const { seed, commitment } = JSON.parse(text) as Partial<Seed>;
    if (typeof seed !== 'string' || !/^[0-9a-f]{64}$/.test(seed) || commitment !== sha256(seed)) throw bad;
    return { seed, commitment };
  } catch {
    throw bad;
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

// Passwords tried on the command line, one after the other: five wrong ones for a login, and it is closed there for a quarter of an hour. Root
// can undo that; whoever has only the right to run greffier cannot.

import { join } from 'node:path';
import type { Clock } from '../shared/clock.ts';
import { GreffierError } from '../shared/errors.ts';
import { makeFolder, readIfThere, writeDurably } from '../shared/files.ts';
import { whileLocked } from '../shared/lock.ts';

const MOST = 5;
const WINDOW_MS = 15 * 60_000;

type Failures = Record<string, number[]>;

/**
 * Does an attempt to log in, one after the other. What it throws counts as a failure, unless it is `totp-required`.
 * Throws `too-many-attempts`.
 */
export async function attempt<T>(
  folder: string,
  clock: Clock,
  login: string,
  work: () => Promise<T>,
): Promise<T> {
  await makeFolder(folder);
  const file = join(folder, 'shell-attempts.json');
  return whileLocked(`${file}.lock`, 30, async () => {
    const failures = recent(JSON.parse((await readIfThere(file)) ?? '{}') as Failures, clock().getTime());
    const before = failures[login] ?? [];
    if (before.length >= MOST) throw tooMany(Math.max(...before) + WINDOW_MS);
    // Counted first: whoever kills the command gains no attempt.
    await writeDurably(file, JSON.stringify({ ...failures, [login]: [...before, clock().getTime()] }));
    const forgive = (kept: number[]) => writeDurably(file, JSON.stringify({ ...failures, [login]: kept }));
    try {
      const result = await work();
      await forgive([]);
      return result;
    } catch (error) {
      // The password was right and the code left out: that guesses nothing.
      if (error instanceof GreffierError && error.code === 'totp-required') await forgive(before);
      throw error;
    }
  });
}

/** Those of the last quarter of an hour; a clock that was set back forgives nothing. */
function recent(failures: Failures, now: number): Failures {
  const fresh = Object.entries(failures).map(([login, at]): [string, number[]] => [
    login,
    at.filter((time) => time > now - WINDOW_MS),
  ]);
  return Object.fromEntries(fresh.filter(([, at]) => at.length > 0));
}

function tooMany(until: number): GreffierError {
  return new GreffierError('too-many-attempts', 'too many wrong passwords for that login', {
    hint: `try again after ${new Date(until).toISOString()}`,
    status: 429,
  });
}

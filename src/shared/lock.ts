// Work that only one process may do at a time. The lock is the kernel's (flock), held by a child that lives as long as
// we hold its input open: it goes when its holder dies, whatever killed it, so there is never a stale one to clean.

import { open } from 'node:fs/promises';
import { execa } from 'execa';
import { GreffierError } from './errors.ts';

const TAKEN = 75;

/**
 * Does work while holding the lock of a file, which is made when it is missing.
 * @param waitSeconds how long to wait for whoever holds it; 0 does not wait
 * Throws `busy` when somebody else holds the lock.
 */
export async function whileLocked<T>(path: string, waitSeconds: number, work: () => Promise<T>): Promise<T> {
  // Only whoever may read the file can take the lock.
  await (await open(path, 'a', 0o600)).close();
  const patience = waitSeconds > 0 ? ['--wait', String(waitSeconds)] : ['--nonblock'];
  const holder = execa('flock', [...patience, '--conflict-exit-code', String(TAKEN), path, 'cat'], {
    reject: false,
    buffer: false,
    // Ctrl-C on the terminal is for us: we may have something to end first, and hold the lock meanwhile.
    detached: true,
  });
  try {
    // What cat gives back says that flock has let it start.
    holder.stdin.write('held');
    const held = await Promise.race([
      new Promise<true>((resolve) => holder.stdout.once('data', () => resolve(true))),
      holder,
    ]);
    if (held !== true) throw refusal(path, held.exitCode);
    return await work();
  } finally {
    holder.stdin.end();
    await holder;
  }
}

/**
 * As `whileLocked`, and says in the caller's own words what kept the work from beginning. What the work itself throws stays
 * as it is.
 */
export async function whileAlone<T>(
  path: string,
  waitSeconds: number,
  work: () => Promise<T>,
  inOwnWords: (refusal: GreffierError) => GreffierError,
): Promise<T> {
  let begun = false;
  try {
    return await whileLocked(path, waitSeconds, () => {
      begun = true;
      return work();
    });
  } catch (cause) {
    throw begun || !(cause instanceof GreffierError) ? cause : inOwnWords(cause);
  }
}

function refusal(path: string, exitCode: number | undefined): GreffierError {
  if (exitCode === TAKEN)
    return new GreffierError('busy', 'somebody else is making a change at this moment', {
      hint: 'look at what has changed, then try again',
      status: 409,
    });
  return new GreffierError('no-lock', `flock cannot lock ${path} (exit status ${exitCode})`);
}

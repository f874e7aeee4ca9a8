// The command line is run by root, and works as the daemon's own user: what it writes, the daemon must be able to read
// and write too. Files for the admin are written as root again.

import { execFileSync } from 'node:child_process';
import { GreffierError } from '../shared/errors.ts';

const USER = 'greffier';

/** Becomes the daemon's user. Throws `not-allowed` for anyone but root and that user. */
export function becomeDaemonUser(): void {
  const [uid, gid] = ['-u', '-g'].map((flag) =>
    Number(execFileSync('id', [flag, USER], { encoding: 'utf8' })),
  ) as [number, number];
  if (process.getuid?.() === uid) return;
  if (process.getuid?.() !== 0) {
    throw new GreffierError('not-allowed', 'greffier must be run by root', { hint: 'sudo greffier …' });
  }
  process.setgroups?.([gid]);
  process.setegid?.(gid);
  process.seteuid?.(uid);
}

/** Runs something with the rights of whoever started the command: an export goes where root may write. */
export async function asCaller<T>(work: () => Promise<T>): Promise<T> {
  const [uid, gid] = [process.geteuid?.() ?? 0, process.getegid?.() ?? 0];
  if (process.getuid?.() === 0) {
    process.seteuid?.(0);
    process.setegid?.(0);
  }
  try {
    return await work();
  } finally {
    if (process.getuid?.() === 0) {
      process.setegid?.(gid);
      process.seteuid?.(uid);
    }
  }
}

// One destroys at a time: the daemon, an admin on the command line, or what two people have approved. The lock is beside
// the vault and not in it, so that it is no file of a backup, and is there while the disk is not.

import { GreffierError } from '../shared/errors.ts';
import { whileLocked } from '../shared/lock.ts';

/** For a page of a sweep on a slow disk. */
const PATIENCE_SECONDS = 300;

/** Does work in a vault alone. What it returns throws `vault-busy` after minutes of waiting: then nothing was done. */
export function aloneIn(root: string) {
  return async <T>(work: () => Promise<T>): Promise<T> => {
    let begun = false;
    const beginning = () => {
      begun = true;
      return work();
    };
    try {
      return await whileLocked(`${root}.lock`, PATIENCE_SECONDS, beginning);
    } catch (cause) {
      if (begun || !(cause instanceof GreffierError)) throw cause;
      // It is to be tried again, and is no refusal.
      throw new GreffierError(
        'vault-busy',
        'something else destroys or keeps recordings, for minutes already',
        {
          hint: 'try again; is the disk of the vault slow?',
          status: 503,
          cause,
        },
      );
    }
  };
}

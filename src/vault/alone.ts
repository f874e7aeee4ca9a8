// One destroys at a time: the daemon, an admin on the command line, or what two people have approved. The lock is beside
// the vault and not in it, so that it is no file of a backup, and is there while the disk is not.

import { GreffierError } from '../shared/errors.ts';
import { whileAlone } from '../shared/lock.ts';

/** For a page of a sweep on a slow disk. */
const PATIENCE_SECONDS = 300;

/** Does work in a vault alone. What it returns throws `vault-busy` after minutes of waiting: then nothing was done. */
export function aloneIn(root: string) {
  return <T>(work: () => Promise<T>): Promise<T> => whileAlone(`${root}.lock`, PATIENCE_SECONDS, work, busy);
}

/** It is to be tried again, and is no refusal. */
function busy(cause: GreffierError): GreffierError {
  return new GreffierError('vault-busy', 'something else destroys or keeps recordings, for minutes already', {
    hint: 'try again; is the disk of the vault slow?',
    status: 503,
    cause,
  });
}

// Long work on the command line: it shows how far it is, and Ctrl-C ends it in good order, so that it can go on later.

import { GreffierError } from '../shared/errors.ts';
import { printError } from './output.ts';
import { type Progress, showProgress } from './progress.ts';

/** As a shell says of what Ctrl-C has ended. */
const INTERRUPTED = 130;

/** What the work tells of itself. */
export interface Told {
  signal: AbortSignal;
  /** `before` is what an earlier run, that was interrupted, has done of it. */
  begun(total: number, before?: number): void;
  step(done: number): void;
}

/**
 * Does the work. Returns nothing when it was interrupted (it then throws an error whose code ends with `-interrupted`):
 * that has been said, and is the exit status.
 */
export async function stoppable<T>(what: string, work: (told: Told) => Promise<T>): Promise<T | undefined> {
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const name of signals) process.once(name, stop);
  let progress: Progress | undefined;
  try {
    return await work({
      signal: stopping.signal,
      begun(total, before = 0) {
        if (before) console.error(`greffier: going on after ${before} of ${total}`);
        progress = showProgress(what, total, before);
      },
      step: (done) => progress?.at(done),
    });
  } catch (error) {
    if (!(error instanceof GreffierError) || !error.code.endsWith('-interrupted')) throw error;
    progress?.end();
    printError(error);
    process.exitCode = INTERRUPTED;
    return undefined;
  } finally {
    progress?.end();
    for (const name of signals) process.off(name, stop);
  }
}

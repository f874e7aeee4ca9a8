// Waiting on facts.

import { setTimeout as delay } from 'node:timers/promises';

/**
 * Waits until something is so; the deadline, in ms, is the promise under test. Throws after it, with what `told` says
 * of how it was in the end.
 */
export async function until(
  what: string,
  fact: () => Promise<boolean>,
  deadlineMs: number,
  told = () => '',
): Promise<void> {
  for (const end = Date.now() + deadlineMs; ; await delay(100)) {
    if (await fact()) return;
    if (Date.now() > end) throw new Error(`not within ${deadlineMs} ms: ${what} ${told()}`);
  }
}

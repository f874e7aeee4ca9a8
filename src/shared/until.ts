// Waiting for a fact that another program brings about.

import { setTimeout as delay } from 'node:timers/promises';

/** Whoever waits for a key to be taken does not notice it, and a look may read the sheets of all calls. */
const LOOK_MS = 100;

/** Resolves to what is found, or to undefined when nothing was within so many ms. */
export async function until<T>(find: () => Promise<T | undefined>, ms: number): Promise<T | undefined> {
  for (let waited = 0; ; waited += LOOK_MS) {
    const found = await find();
    if (found !== undefined || waited >= ms) return found;
    await delay(LOOK_MS);
  }
}

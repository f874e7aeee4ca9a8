// Waiting for a fact that another program brings about.

import { setTimeout as delay } from 'node:timers/promises';

const LOOK_MS = 20;

/** Resolves to what is found, or to undefined when nothing was within so many ms. */
export async function until<T>(find: () => Promise<T | undefined>, ms: number): Promise<T | undefined> {
  for (let waited = 0; ; waited += LOOK_MS) {
    const found = await find();
    if (found !== undefined || waited >= ms) return found;
    await delay(LOOK_MS);
  }
}

// How long people talk in a test. It is no wait for something to happen: it is the thing that happens.

import { setTimeout as delay } from 'node:timers/promises';

/** Lets the conversation last so many milliseconds. */
export function talkFor(ms: number): Promise<void> {
  return delay(ms);
}

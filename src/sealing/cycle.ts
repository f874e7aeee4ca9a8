// The rhythm of everything that is sealed live: a look at the capture, and a moment later a flush of what became of it. What
// is flushed together shares the disk's journal, and wakes the processor once; the looks are spread, so that no voice waits
// for many encoders at once. A few flushes at a time: who else waits for the disk needs a thread to wait on.

import { eachAtOnce } from '../shared/at-once.ts';

const CYCLE_MS = 750;
/** The looks fall into the first part of it, the flushes begin after that. */
const LOOKS_MS = 200;
const FLUSH_AT_MS = 250;
const AT_ONCE = 8;

/** Returns how long it is, in ms, until the next look of one recording, whose place among the others is drawn once. */
export function lookingCycle(): () => number {
  const at = Math.random() * LOOKS_MS;
  return () => until(at);
}

const flushes = new Set<() => Promise<void>>();
let timer: NodeJS.Timeout | undefined;

/** Does some work, which may not throw, in each cycle until the function that is returned is called. */
export function atEachFlush(work: () => Promise<void>): () => void {
  flushes.add(work);
  timer ??= setTimeout(turn, until(FLUSH_AT_MS));
  return () => {
    flushes.delete(work);
    if (flushes.size > 0) return;
    clearTimeout(timer);
    timer = undefined;
  };
}

/** On a disk that takes longer than a cycle the next turn begins with the first one that comes after. */
async function turn(): Promise<void> {
  await eachAtOnce(AT_ONCE, [...flushes], (work) => work());
  // Somebody may have begun meanwhile, after the last one had ended: one rhythm is enough.
  clearTimeout(timer);
  timer = flushes.size > 0 ? setTimeout(turn, until(FLUSH_AT_MS)) : undefined;
}

/** Until that place in a cycle comes next; never at once, for whoever is early by the clock of a timer. */
function until(at: number): number {
  const place = performance.now() % CYCLE_MS;
  return place < at - 1 ? at - place : at - place + CYCLE_MS;
}

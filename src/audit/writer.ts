// Entries on their way to the disk.

import { appendLines } from './log-file.ts';

/** Writes of one process that come together share a flush, so that many who wait do not wait for one another. */
export function createWriter(folder: string, torn: () => string): (lines: string[]) => Promise<void> {
  let waiting: string[] = [];
  let next: Promise<void> | undefined;
  let running: Promise<void> = Promise.resolve();
  return (lines) => {
    waiting.push(...lines);
    next ??= running
      .catch(() => {})
      .then(() => {
        const batch = waiting;
        [waiting, next] = [[], undefined];
        running = appendLines(folder, batch, torn);
        return running;
      });
    return next;
  };
}

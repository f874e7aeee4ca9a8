// Entries on their way to the disk.

import { appendLines } from './log-file.ts';

/** Writes of one process that come together share a flush, so that many who wait do not wait for one another. */
export function createWriter(folder: string, torn: () => string): (lines: string[]) => Promise<void> {
  let waiting: string[] = [];
  let next: Promise<void> | undefined;
  let running: Promise<void> = Promise.resolve();
  // Up to where the last line is known to be whole; a process that is killed in the middle of one leaves it longer.
  let wholeTo = 0;
  return (lines) => {
    waiting.push(...lines);
    next ??= running
      .catch(() => {})
      .then(() => {
        const batch = waiting;
        [waiting, next] = [[], undefined];
        running = appendLines(folder, batch, torn, wholeTo).then((end) => {
          wholeTo = end;
        });
        return running;
      });
    return next;
  };
}

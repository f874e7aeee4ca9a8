// Reads a file that still grows: up to its present end, then waits for more, until it is known to be complete. The
// same code reads a whole file that a crash left behind.

import { open } from 'node:fs/promises';

const CHUNK_BYTES = 64 * 1024;
const LOOK_MS = 200;

/** Tells the reader whether the writer is done, and wakes it when that changes. */
export interface Completion {
  readonly complete: boolean;
  /** Resolves at the next change, or after so many milliseconds. */
  wait(ms: number): Promise<void>;
}

/** A completion that is set once, by whoever learns of the end. */
export function createCompletion(): Completion & { finish(): void } {
  let complete = false;
  const ended = Promise.withResolvers<void>();
  return {
    get complete() {
      return complete;
    },
    finish() {
      complete = true;
      ended.resolve();
    },
    wait: (ms) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, ms);
      return Promise.race([promise, ended.promise]).finally(() => clearTimeout(timer));
    },
  };
}

/** Yields the file's bytes as they come. Ends when the writer is done and everything written before that was read. */
export async function* follow(path: string, completion: Completion): AsyncGenerator<Buffer> {
  const file = await open(path, 'r');
  try {
    for (;;) {
      // Asked before the read: what is written until the completion is seen by the read that follows it.
      const last = completion.complete;
      const { bytesRead, buffer } = await file.read(Buffer.alloc(CHUNK_BYTES), 0, CHUNK_BYTES);
      if (bytesRead > 0) yield buffer.subarray(0, bytesRead);
      else if (last) return;
      else await completion.wait(LOOK_MS);
    }
  } finally {
    await file.close();
  }
}

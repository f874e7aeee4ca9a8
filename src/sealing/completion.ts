// Tells whoever follows a capture whether its writer is done, or whether it is to be given up, and wakes it then.

export interface Completion {
  readonly complete: boolean;
  readonly aborted: boolean;
  /** Resolves at the next change, or after so many milliseconds. */
  wait(ms: number): Promise<void>;
}

/** What follows a capture may also be what learns that there is no point in it. */
export interface Abortable extends Completion {
  abort(): void;
}

/** A completion that is set once, by whoever learns of the end. */
export function createCompletion(): Abortable & { finish(): void } {
  let [complete, aborted] = [false, false];
  const ended = Promise.withResolvers<void>();
  return {
    get complete() {
      return complete;
    },
    get aborted() {
      return aborted;
    },
    finish() {
      complete = true;
      ended.resolve();
    },
    abort() {
      aborted = true;
      ended.resolve();
    },
    wait: (ms) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, ms);
      return Promise.race([promise, ended.promise]).finally(() => clearTimeout(timer));
    },
  };
}

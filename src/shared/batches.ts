// Things that are cheaper to keep many at a time. One that cannot be kept spoils none of the others.

/** What waits until there is enough of it. */
export interface Batches<T> {
  add(item: T): Promise<void>;
  /** Keeps what waits. */
  flush(): Promise<void>;
}

/**
 * @param size how many are kept at once
 * @param keep keeps all of them or, when it throws, none: then they are kept one by one
 * @param failed told of one that cannot be kept
 */
export function inBatches<T>(
  size: number,
  keep: (items: T[]) => void,
  failed: (item: T, error: unknown) => Promise<void> | void,
): Batches<T> {
  let waiting: T[] = [];
  const flush = async () => {
    const items = waiting;
    waiting = [];
    try {
      keep(items);
    } catch {
      for (const item of items) await alone(item);
    }
  };
  const alone = async (item: T) => {
    try {
      keep([item]);
    } catch (error) {
      await failed(item, error);
    }
  };
  return {
    flush,
    async add(item) {
      waiting.push(item);
      if (waiting.length >= size) await flush();
    },
  };
}

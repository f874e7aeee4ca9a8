// Things that are cheaper to keep many at a time, and that come at about the same time.

/** Long enough for others to come, and nobody waits for it who has not waited for a disk a dozen times before. */
const PATIENCE_MS = 20;

/**
 * What comes within a moment is kept in one step.
 * @param keep keeps all of them or, when it throws, none: then they are kept one by one
 * Returns a function that resolves when its thing is kept, and throws what keeping it alone throws.
 */
export function together<T>(keep: (items: T[]) => void): (item: T) => Promise<void> {
  let waiting: { item: T; done: PromiseWithResolvers<void> }[] = [];
  const keepAll = () => {
    const all = waiting;
    waiting = [];
    try {
      keep(all.map(({ item }) => item));
      for (const { done } of all) done.resolve();
    } catch {
      for (const { item, done } of all) done.resolve(alone(item));
    }
  };
  const alone = async (item: T) => keep([item]);
  return (item) => {
    const done = Promise.withResolvers<void>();
    if (waiting.length === 0) setTimeout(keepAll, PATIENCE_MS);
    waiting.push({ item, done });
    return done.promise;
  };
}

// Work that is as good when it is done once for many, as the flush of a folder is.

interface Run {
  now: Promise<void>;
  /** The next one: whoever asks while this one runs may have come too late for it. */
  after?: Promise<void>;
}

/**
 * The same work, of which those who ask while it is done for a key share the next run: it begins after they asked.
 * @param work throws for all who share the run
 */
export function shareNext(work: (key: string) => Promise<void>): (key: string) => Promise<void> {
  const runs = new Map<string, Run>();
  const begin = (key: string) => {
    const done = () => void (runs.get(key) === run && runs.delete(key));
    const run: Run = { now: work(key).finally(done) };
    runs.set(key, run);
    return run.now;
  };
  return (key) => {
    const going = runs.get(key);
    if (!going) return begin(key);
    going.after ??= going.now.catch(() => {}).then(() => begin(key));
    return going.after;
  };
}

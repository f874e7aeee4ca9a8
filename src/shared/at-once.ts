// Work on many things that mostly waits for the disk: several at once, so that disk and processor do not wait for each other.

/** Does some work for each of the items, so many at a time, in no order that one may rely on. Throws what the work throws first. */
export async function eachAtOnce<T>(
  count: number,
  items: Iterable<T> | AsyncIterable<T>,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const left = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
  const worker = async () => {
    for (let next = await left.next(); !next.done; next = await left.next()) await work(next.value);
  };
  await Promise.all(Array.from({ length: count }, worker));
}

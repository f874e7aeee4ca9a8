// Work that must not overlap: reading a file, deciding by it and writing it back are one step for whoever comes next.

export type InOrder = <T>(work: () => Promise<T>) => Promise<T>;

/** A queue: each piece of work begins when the one before has ended, well or not. */
export function createQueue(): InOrder {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = last.then(work);
    last = turn.catch(() => {});
    return turn;
  };
}

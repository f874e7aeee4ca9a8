/** What is made when it is first asked for, and then is there. When making it throws, it is tried again the next time. */
export function lazy<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

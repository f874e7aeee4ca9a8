/** Numbers that look like chance, 0 up to 1, and are the same at each run: a fault that they find is found again. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

// Waiting for a fact instead of for a while.

/** Asks again and again until there is an answer; undefined when the deadline passes first. */
export async function until<T>(ask: () => Promise<T | undefined>, deadline: number): Promise<T | undefined> {
  const end = performance.now() + deadline;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > end) return undefined;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

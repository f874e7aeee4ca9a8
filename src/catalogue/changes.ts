// Who looks at the list is told that it changed, and not how: the list is asked for again, by the rules of whoever asks.

export interface Changes {
  /** Called after each change; returns what ends that. */
  on(listener: () => void): () => void;
  /** How many there were since the daemon began, in what concerns these clients; of all of them when left out. */
  count(clients?: readonly string[]): number;
}

/** Changes of an open index that this process makes. */
export function createChanges(): Changes & { tell(client: string): void } {
  const listeners = new Set<() => void>();
  const counts = new Map<string, number>();
  return {
    tell(client) {
      counts.set(client, (counts.get(client) ?? 0) + 1);
      for (const listener of listeners) listener();
    },
    on(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    count: (clients = [...counts.keys()]) =>
      clients.reduce((sum, client) => sum + (counts.get(client) ?? 0), 0),
  };
}

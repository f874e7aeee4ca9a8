// How the web server was asked: by method, route and status. The route is its pattern; what was asked for does not stand
// in it.

import type { Metric } from './text.ts';

export interface Requests {
  count(method: string, route: string, status: number): void;
  metric(): Metric;
}

/** Counts in memory, from the start of the daemon. */
export function countRequests(): Requests {
  const counts = new Map<string, { labels: Record<string, string>; value: number }>();
  return {
    count(method, route, status) {
      const labels = { method, route, status: String(status) };
      const key = Object.values(labels).join(' ');
      const entry = counts.get(key) ?? { labels, value: 0 };
      entry.value += 1;
      counts.set(key, entry);
    },
    metric: () => ({
      name: 'http_requests_total',
      kind: 'counter',
      help: 'Requests to the web server, by route and status.',
      values: [...counts.values()],
    }),
  };
}

// What the dialplan has to know of queues and of a line's hours; what app_queue has to know is in queues.ts.

import { type Category, type Entry, windowEntries } from './category.ts';
import type { Destination, Queue } from './queue-schema.ts';
import type { Line, Settings } from './schema.ts';

/** Where calls go, as the dialplan's contexts are named; a ring group becomes its phones. */
export function targetOf(
  to: Destination,
  { ring_groups }: Pick<Settings, 'ring_groups'>,
): { kind: 'extensions' | 'queue' | 'conference'; target: string } {
  const rings = to.extensions ?? ring_groups.find(({ id }) => id === to.ring_group)?.extensions;
  if (rings) return { kind: 'extensions', target: rings.join('&') };
  return to.queue ? { kind: 'queue', target: to.queue } : { kind: 'conference', target: to.conference ?? '' };
}

/** How long a caller waits in a queue, and where to then. */
export function queueCategory({ id, timeout_seconds, overflow }: Queue, settings: Settings): Category {
  const timeout: Entry = ['timeout', String(overflow?.after_seconds ?? timeout_seconds)];
  if (!overflow) return [`queue-${id}`, timeout];
  const { kind, target } = targetOf(overflow.to, settings);
  return [`queue-${id}`, timeout, ['overflow', kind], ['target', target]];
}

/** When a line is open; none for a line that always is. */
export function hoursCategories({ did, hours }: Line, timezone: string): Category[] {
  if (!hours) return [];
  return [
    [
      `hours-${did.slice(1)}`,
      ['closed', hours.closed],
      ['timezone', timezone],
      ['holidays', (hours.holidays ?? []).join('&')],
      ...windowEntries(hours.windows, timezone),
    ],
  ];
}

/** The queues that a phone may log in to. */
export function queuesOf(extension: string, queues: Queue[]): Entry[] {
  const ids = queues.filter((queue) => isByPhone(queue) && queue.extensions.includes(extension));
  return ids.length > 0 ? [['queues', ids.map(({ id }) => id).join('&')]] : [];
}

/** True for a queue whose agents log in and out. */
export function isByPhone({ log_in }: Queue): boolean {
  return log_in === 'by-phone';
}

/** May this phone be a member of that queue? It may have logged in before the settings were changed. */
export function mayServe(queues: Queue[], queue: string, extension: string): boolean {
  return queues.some(({ id, extensions }) => id === queue && extensions.includes(extension));
}

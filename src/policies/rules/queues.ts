// Where callers wait, for how long, and where they go then: to one place each time, of the same client, and never in a
// circle. And when a line is open.

import { called } from '../objects.ts';
import type { Destination, Queue } from '../queue-schema.ts';
import type { Line, Settings } from '../schema.ts';
import type { Fault } from './fault.ts';
import { isDate, ownersOf, strangerFaults, windowFaults } from './people.ts';
import { within } from './references.ts';

const PLACES = ['extensions', 'ring_group', 'queue', 'conference'] as const;

/** Faults of destinations, of queues and of hours. */
export function* queueFaults(settings: Settings): Generator<Fault> {
  for (const line of settings.lines) {
    const at = called('lines', line);
    yield* placeFaults(line.destination, `${at} /destination`);
    if (line.destination.priority !== undefined && !line.destination.queue)
      yield { at, says: 'its priority is for a queue, and it leads to none', hint: 'take priority away' };
    yield* hoursFaults(settings, line, at);
  }
  for (const queue of settings.queues) yield* overflowFaults(settings, queue, called('queues', queue));
}

function* placeFaults(to: Destination, at: string): Generator<Fault> {
  const named = PLACES.filter((place) => to[place] !== undefined);
  if (named.length === 1) return;
  const says = named.length === 0 ? 'leads nowhere' : `leads to several places at once (${named.join(', ')})`;
  yield { at, says, hint: `name one of ${PLACES.join(', ')}` };
}

function* overflowFaults(settings: Settings, queue: Queue, at: string): Generator<Fault> {
  const { overflow, client } = queue;
  if (queue.when_empty === 'overflow' && !overflow)
    yield {
      at,
      says: 'whoever finds nobody there is to go elsewhere, and no overflow says where',
      hint: 'write overflow: {after_seconds, to}, or when_empty: wait',
    };
  if (!overflow) return;
  yield* placeFaults(overflow.to, `${at} /overflow/to`);
  const { ring_group, queue: next, extensions = [] } = overflow.to;
  if (ring_group) yield* within(settings.ring_groups, 'ring group', ring_group, client, at);
  if (next) yield* within(settings.queues, 'queue', next, client, at);
  yield* strangerFaults(extensions, client, ownersOf(settings), at);
  if (overflow.after_seconds > queue.timeout_seconds)
    yield {
      at,
      says: `its overflow after ${overflow.after_seconds} s comes later than its timeout of ${queue.timeout_seconds} s`,
      hint: 'raise timeout_seconds',
    };
  const chain = chainOf(settings, queue);
  if (chain.length > 1 && chain.at(-1) === queue.id)
    yield {
      at,
      says: `its overflow leads back to it (${chain.join(' → ')})`,
      hint: 'end the chain somewhere',
    };
}

/** Queues that a caller passes who is never answered, from this one on; ends with a queue that was there before. */
function chainOf({ queues }: Settings, from: Queue): string[] {
  const chain = [from.id];
  for (let at: Queue | undefined = from; at; ) {
    const next: string | undefined = at.overflow?.to.queue;
    if (!next) break;
    const circle = chain.includes(next);
    chain.push(next);
    at = circle ? undefined : queues.find(({ id }) => id === next);
  }
  return chain;
}

function* hoursFaults(settings: Settings, { hours, client }: Line, at: string): Generator<Fault> {
  if (!hours) return;
  yield* windowFaults(hours.windows, at);
  for (const day of hours.holidays ?? [])
    if (!isDate(day)) yield { at, says: `holiday ${day} is no day of the calendar` };
  yield* within(settings.announcements, 'announcement', hours.closed, client, at);
  const kind = settings.announcements.find(({ id }) => id === hours.closed)?.kind;
  if (kind && kind !== 'closed')
    yield {
      at,
      says: `outside its hours it plays ${hours.closed}, of the kind ${kind}`,
      hint: 'name an announcement of the kind closed',
    };
}

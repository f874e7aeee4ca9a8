// The queues as app_queue wants them. Asterisk includes the file; what holds for all queues is said there.

import { isByPhone } from './compile-queues.ts';
import type { Queue } from './queue-schema.ts';

/** Seconds that one phone rings before the next is tried, and the pause in between. */
const RING_SECONDS = 15;
const RETRY_SECONDS = 2;
/** Seconds between two announcements of the position. */
const POSITION_SECONDS = 30;

/** States of a phone whose agent is not there. Who speaks, or has just spoken, is there. */
const ABSENT = 'paused,unavailable,invalid,unknown';

/** Definitions of all queues. */
export function compileQueues(queues: Queue[]): string {
  return queues.map(definition).join('\n');
}

function definition(queue: Queue): string {
  const leaves = queue.when_empty === 'overflow';
  const settings = {
    strategy: queue.strategy,
    timeout: Math.min(RING_SECONDS, queue.timeout_seconds),
    retry: RETRY_SECONDS,
    wrapuptime: queue.wrap_up_seconds,
    // Somebody who is on the phone is not rung.
    ringinuse: 'no',
    'announce-position': queue.announce_position ? 'yes' : 'no',
    'announce-frequency': queue.announce_position ? POSITION_SECONDS : 0,
    musicclass: 'default',
    weight: queue.weight ?? 0,
    // Unless the queue says otherwise a caller waits also while nobody is there: how long is the timeout's business.
    joinempty: leaves ? ABSENT : 'yes',
    leavewhenempty: leaves ? ABSENT : 'no',
    reportholdtime: 'no',
  };
  const lines = [
    ...Object.entries(settings).map(([key, value]) => `${key}=${value}`),
    // Who logs in by phone is a member while logged in: the dialplan sees to that.
    ...(isByPhone(queue) ? [] : queue.extensions.map((extension) => `member=PJSIP/${extension}`)),
  ];
  return `[${queue.id}]\n${lines.join('\n')}\n`;
}

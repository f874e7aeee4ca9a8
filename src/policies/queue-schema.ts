// Queues, and the way to them from a line: where its calls go, and at what hours.

import Type, { type Static } from 'typebox';
import { closed, date, id, name, number, numbers, windows } from './forms.ts';

/** Phones, or what stands for them. Exactly one of them, which rules/queues.ts sees to. */
const phones = {
  extensions: Type.Optional(numbers),
  ring_group: Type.Optional(id),
  queue: Type.Optional(id),
};

export const destinationSchema = Type.Object(
  {
    ...phones,
    conference: Type.Optional(id),
    /** Of two calls that wait in the same queue, the one with the higher priority is first. Left out, 0. */
    priority: Type.Optional(Type.Integer({ minimum: 0, maximum: 20 })),
  },
  { ...closed, minProperties: 1 },
);

/** When a line is open, and what is heard when it is not. */
export const hoursSchema = Type.Object(
  {
    /** By the clock of the site; none, at any hour. */
    windows,
    /** Days on which it is closed all day. */
    holidays: Type.Optional(Type.Array(date, { maxItems: 100, uniqueItems: true })),
    /** Announcement of the kind `closed`. */
    closed: id,
  },
  closed,
);

export const queueSchema = Type.Object(
  {
    id,
    client: id,
    name,
    number,
    /** Phones that serve the queue; with `by-phone`, those that may log in to it. */
    extensions: numbers,
    /** Left out, always: these phones serve the queue at any time. */
    log_in: Type.Optional(Type.Enum(['always', 'by-phone'])),
    strategy: Type.Enum(['ringall', 'rrmemory', 'leastrecent', 'fewestcalls', 'linear']),
    /** Seconds of peace after each call. */
    wrap_up_seconds: Type.Integer({ minimum: 0, maximum: 600 }),
    /** Longest a caller waits in the queue. */
    timeout_seconds: Type.Integer({ minimum: 10, maximum: 3_600 }),
    announce_position: Type.Boolean(),
    /** Of two queues that a phone serves, the heavier is served first. Left out, 0. */
    weight: Type.Optional(Type.Integer({ minimum: 0, maximum: 20 })),
    /** Where a caller goes who has waited so long; left out, the call ends after `timeout_seconds`. */
    overflow: Type.Optional(
      Type.Object(
        {
          after_seconds: Type.Integer({ minimum: 5, maximum: 3_600 }),
          to: Type.Object(phones, { ...closed, minProperties: 1 }),
        },
        closed,
      ),
    ),
    /** What a caller does who finds nobody there: all logged out, paused or unplugged. Left out, wait. */
    when_empty: Type.Optional(Type.Enum(['wait', 'overflow'])),
  },
  closed,
);

export type Queue = Static<typeof queueSchema>;
export type Destination = Static<typeof destinationSchema>;
export type Hours = Static<typeof hoursSchema>;

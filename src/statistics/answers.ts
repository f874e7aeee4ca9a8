// What is asked of the statistics, and what they answer.

import Type, { type Static } from 'typebox';
import { bytesOf, closed, count, orNull, text } from '../shared/schema.ts';
import { KINDS } from './kinds.ts';

const share = orNull(Type.Number({ minimum: 0, maximum: 1 }));
const seconds = orNull(Type.Number({ minimum: 0 }));
const figures = {
  calls: count,
  answered: count,
  missed: count,
  answerRate: share,
  inTime: share,
  waitingSeconds: seconds,
  longestWaitSeconds: seconds,
  handlingSeconds: seconds,
  closed: count,
  outbound: count,
  talks: count,
  recorded: count,
  recordedShare: share,
  provenShare: share,
  optOuts: count,
  resolvedShare: share,
};

export const statisticsAnswer = {
  200: closed({
    from: text,
    to: text,
    by: Type.Enum([...KINDS]),
    withinSeconds: count,
    againDays: count,
    totals: closed(figures),
    rows: Type.Array(closed({ key: text, name: text, ...figures })),
    /** Of all clients: null for whoever may not be told of all. */
    destruction: orNull(closed({ destroyed: count, byReason: Type.Record(text, count), overdue: count })),
  }),
};

export const csvAnswer = bytesOf('text/csv');

const day = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$' });
const id = Type.String({ minLength: 1, maxLength: 64 });

export const statisticsQuery = Type.Object(
  {
    /** Days of the site's calendar, both included; the last thirty unless told. */
    from: Type.Optional(day),
    to: Type.Optional(day),
    by: Type.Optional(Type.Enum([...KINDS])),
    client: Type.Optional(id),
    line: Type.Optional(id),
    queue: Type.Optional(id),
    /** A call should be answered within so many seconds. */
    withinSeconds: Type.Optional(Type.Integer({ minimum: 1, maximum: 600 })),
    /** Whoever calls again within so many days was not helped. */
    againDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 30 })),
  },
  { additionalProperties: false },
);
export type StatisticsQuery = Static<typeof statisticsQuery>;
export type Statistics = Static<(typeof statisticsAnswer)[200]>;

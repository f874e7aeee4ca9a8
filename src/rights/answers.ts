// What the routes of the rights desk answer.

import Type, { type TSchema } from 'typebox';
import { closed, count, flag, orNull, text } from '../shared/schema.ts';
import { CHANNELS, KINDS, requestFields } from './request.ts';

const status = Type.Enum(['open', 'overdue', 'answered', 'closed']);
const listed = {
  id: text,
  kind: Type.Enum([...KINDS]),
  channel: Type.Enum([...CHANNELS]),
  receivedAt: text,
  dueAt: text,
  status,
  identified: flag,
  numbers: count,
  /** Its month was made three. */
  extended: flag,
  /** When the clock stopped: answered, or ended in another way. */
  stoppedAt: orNull(text),
};
/** A request as lists show it: nothing of the person. */
const request = closed(listed);

export const requestsAnswer = {
  200: closed({
    figures: closed({
      open: count,
      overdue: count,
      answered: count,
      inTime: count,
      meanDays: orNull(Type.Number()),
      medianDays: orNull(Type.Number()),
    }),
    requests: Type.Array(request),
  }),
};
export const wholeAnswer = { 200: closed({ ...listed, ...requestFields }) };
export const openedAnswer = { 201: request };
export const requestAnswer = { 200: request };
/** Calls that may be theirs; most are of other people. */
export const candidatesAnswer = {
  200: closed({
    calls: Type.Array(
      closed({
        id: text,
        arrivedAt: text,
        direction: text,
        line: text,
        extension: text,
        disposition: text,
        recorded: flag,
      }),
    ),
  }),
};
export const erasureAnswer = { 200: closed({ approval: text }) };

/** @param recordings fields of a recording, as the list of recordings shows it */
export const foundAnswer = (recordings: Record<string, TSchema>) => ({
  200: closed({
    recordings: Type.Array(closed({ ...recordings, heldUntil: orNull(text) })),
    calls: Type.Array(
      closed({
        id: text,
        arrivedAt: text,
        direction: text,
        line: text,
        announcements: Type.Array(
          closed({ id: text, sha256: text, startedAt: text, heardToTheEndAt: orNull(text) }),
        ),
        consent: orNull(text),
        recorded: flag,
        reason: orNull(text),
      }),
    ),
  }),
});

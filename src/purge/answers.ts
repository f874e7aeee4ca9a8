// What GET /api/retention/preview answers.

import Type from 'typebox';
import { closed, count, next, orNull, text } from '../shared/schema.ts';

export const previewAnswer = {
  200: closed({
    at: text,
    suspended: orNull(closed({ since: text, wall: text, expected: text })),
    days: Type.Array(closed({ day: text, recordings: count, bytes: count })),
    recordings: Type.Array(
      closed({
        id: text,
        goesAt: text,
        dueAt: text,
        heldUntil: orNull(text),
        purpose: text,
        line: text,
        bytes: count,
      }),
    ),
    next,
  }),
};

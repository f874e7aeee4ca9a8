// What the routes of the audit log answer.

import Type from 'typebox';
import { closed, count, flag, orNull, text } from '../shared/schema.ts';

const word = Type.Optional(text);
export const entriesAnswer = {
  200: closed({
    entries: Type.Array(
      closed({
        at: text,
        actor: text,
        action: text,
        recording: word,
        reason: word,
        from: word,
        code: word,
        subject: word,
        extensions: word,
        index: Type.Optional(count),
        erased: Type.Optional(flag),
      }),
    ),
    /** Give it as `before` for the next page. */
    next: orNull(count),
  }),
};
export const stateAnswer = {
  200: closed({
    size: count,
    root: text,
    checkpoint: text,
    begins: count,
    frozen: orNull(closed({ at: text, reason: text })),
  }),
};

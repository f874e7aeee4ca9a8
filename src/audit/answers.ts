// What the routes of the audit log take and answer.

import Type from 'typebox';
import { closed, count, flag, orNull, text } from '../shared/schema.ts';

const word = Type.Optional(Type.String({ maxLength: 64 }));
const day = Type.Optional(Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$' }));
export const entriesQuery = Type.Object(
  {
    /** Entries before that place in the log. */
    before: Type.Optional(Type.Integer({ minimum: 0 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
    actor: word,
    action: word,
    recording: word,
    subject: word,
    /** Days by the clock of the site, both included. */
    from: day,
    to: day,
  },
  { additionalProperties: false },
);
export const exportBody = Type.Object(
  { reason: Type.String({ minLength: 3, maxLength: 500 }) },
  { additionalProperties: false },
);

/** How far each witness has come. */
export const witnessStates = Type.Array(
  closed({
    id: text,
    kind: text,
    lastSize: orNull(count),
    lastAt: orNull(text),
    behind: Type.Integer(),
    error: orNull(text),
  }),
);

const told = Type.Optional(text);
export const entriesAnswer = {
  200: closed({
    entries: Type.Array(
      closed({
        at: text,
        actor: text,
        action: text,
        recording: told,
        reason: told,
        from: told,
        code: told,
        subject: told,
        extensions: told,
        index: Type.Optional(count),
        erased: Type.Optional(flag),
      }),
    ),
    /** Give it as `before` for the next page. */
    next: orNull(count),
  }),
};
/** One entry as it is bound into the tree. */
export const hashesAnswer = {
  200: closed({
    index: count,
    /** SHA-256 of the payload, as the leaf names it; empty when the line is none of ours. */
    payload: text,
    /** Hash of the leaf (RFC 6962). */
    leaf: text,
  }),
};
export const stateAnswer = {
  200: closed({
    size: count,
    root: text,
    checkpoint: text,
    /** When that was taken. */
    takenAt: text,
    /** Of the key that signed it. */
    fingerprint: text,
    begins: count,
    frozen: orNull(closed({ at: text, reason: text })),
    /** Who remembers checkpoints, and how fresh what they hold is. */
    witnesses: witnessStates,
  }),
};

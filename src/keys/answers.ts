// What the routes of keys answer.

import Type from 'typebox';
import { closed, count, flag, next, orNull, text } from '../shared/schema.ts';

const key = closed({
  file: text,
  fingerprint: text,
  user: text,
  expires: orNull(text),
  unfit: orNull(text),
  recordings: count,
});
const state = Type.Enum(['running', 'completing', 'rolling-back', 'completed', 'rolled-back']);

export const keysAnswer = {
  200: closed({
    recovery: Type.Array(key),
    groups: Type.Array(closed({ group: text, name: text, keys: Type.Array(key) })),
    signing: closed({ fingerprint: text }),
    drills: Type.Array(
      closed({
        fingerprint: text,
        label: text,
        since: text,
        lastOpenedAt: orNull(text),
        dueAt: text,
        overdue: flag,
      }),
    ),
    rotation: orNull(
      closed({
        id: text,
        from: text,
        to: text,
        startedAt: text,
        endedAt: orNull(text),
        state,
        total: count,
        done: count,
        left: count,
        obstacle: orNull(text),
      }),
    ),
  }),
};
/** Under the passphrase of their owner, or wrapped to their members: the box cannot open them. */
export const mineAnswer = {
  200: closed({
    personal: orNull(text),
    /** Of the personal key. */
    fingerprint: orNull(text),
    groups: Type.Array(closed({ group: text, fingerprint: text, wrapped: text })),
  }),
};
export const rotationAnswer = {
  200: closed({ id: text, from: text, to: text, toArmored: text, total: count, done: count, state }),
};
export const headersAnswer = {
  200: closed({ headers: Type.Array(closed({ id: text, header: text })), next }),
};
export const takenAnswer = {
  200: closed({ accepted: count, refused: Type.Array(closed({ id: text, reason: text })) }),
};

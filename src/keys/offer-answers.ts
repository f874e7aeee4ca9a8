// What the routes of groups and of the first run answer.

import Type from 'typebox';
import { closed, flag, orNull, text } from '../shared/schema.ts';

const member = closed({ user: orNull(text), key: Type.Enum(['present', 'former', 'unknown']) });

export const groupsAnswer = {
  200: closed({
    groups: Type.Array(
      closed({
        group: text,
        name: text,
        /** Fingerprint of a key that was offered and is not in force yet. */
        offered: orNull(text),
        keys: Type.Array(closed({ fingerprint: text, unfit: orNull(text), members: Type.Array(member) })),
        /** Who may play its recordings, and so may be given its key. */
        candidates: Type.Array(text),
      }),
    ),
    people: Type.Array(
      closed({
        user: text,
        roles: Type.Array(text),
        fingerprint: orNull(text),
        armored: orNull(text),
        unfit: orNull(text),
        /** Null for a key that was not taken by the box, but laid there by hand. */
        since: orNull(text),
        by: orNull(text),
        before: Type.Array(closed({ fingerprint: text, at: text })),
      }),
    ),
  }),
};
/** Taken; root lays it a moment later. */
export const offeredAnswer = { 202: closed({ fingerprint: text }) };
export const setupAnswer = {
  200: closed({
    site: text,
    recovery: Type.Enum(['missing', 'waiting', 'in-force']),
    fingerprint: orNull(text),
    policies: flag,
    announcements: flag,
    recorded: flag,
    secondPerson: flag,
  }),
};

// What GET /api/holds answers.

import Type from 'typebox';
import { closed, count, flag, orNull, text } from '../shared/schema.ts';

export const holdsAnswer = {
  200: closed({
    holds: Type.Array(
      closed({
        id: text,
        matter: text,
        reason: text,
        requestedBy: text,
        approvedBy: text,
        placedAt: text,
        endsAt: text,
        ends: Type.Array(text),
        renewals: count,
        releasedAt: orNull(text),
        recordings: Type.Array(closed({ id: text, day: text })),
        damage: orNull(text),
        everything: flag,
        active: flag,
      }),
    ),
  }),
};

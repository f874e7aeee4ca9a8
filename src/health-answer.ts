// What GET /api/health answers.

import Type from 'typebox';
import { witnessStates } from './audit/answers.ts';
import { closed, count, flag, orNull, text } from './shared/schema.ts';

export const healthAnswer = {
  200: closed({
    services: Type.Array(closed({ name: text, state: Type.Enum(['up', 'down']), since: text })),
    alarms: Type.Array(closed({ id: text, at: text, code: text, message: text, call: Type.Optional(text) })),
    spool: closed({ files: count, bytes: count, capacityBytes: count }),
    vault: closed({ present: flag, freeBytes: count, recordings: count }),
    disk: orNull(
      closed({
        freeBytes: count,
        capacityBytes: count,
        bytesPerDay: count,
        daysLeft: orNull(count),
        days: Type.Array(closed({ day: text, bytes: count })),
      }),
    ),
    captures: closed({ empty: count }),
    keys: closed({
      recordingPossible: flag,
      drillsOverdue: count,
      expiring: Type.Array(closed({ file: text, days: Type.Integer() })),
    }),
    vaultCheck: orNull(closed({ at: text, checked: count, bad: count })),
    purge: closed({ due: count, lastSweepAt: orNull(text) }),
    time: orNull(
      closed({
        at: text,
        suspended: orNull(closed({ since: text, wall: text, expected: text })),
        back: flag,
      }),
    ),
    holds: closed({ active: count }),
    approvals: closed({ pending: count }),
    witnesses: witnessStates,
    witness: Type.Optional(Type.Literal('none')),
    webhooks: Type.Array(closed({ id: text, waiting: count, dead: count, error: orNull(text) })),
    backup: orNull(closed({ lastAt: orNull(text), ok: flag, headersSets: count })),
  }),
};

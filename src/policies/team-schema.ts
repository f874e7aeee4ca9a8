// Teams: who may be listened to while they speak.

import Type, { type Static } from 'typebox';
import { closed, id, name, windows } from './forms.ts';

/** What a supervisor may do in a call that lasts. */
export const MODES = ['listen', 'whisper', 'barge', 'take-over'] as const;

/** Who may be listened to while they speak, by whom, when and how (C13, C14). */
export const teamSchema = Type.Object(
  {
    id,
    client: id,
    name,
    /** People. */
    members: Type.Array(id, { minItems: 1, maxItems: 200, uniqueItems: true }),
    supervisors: Type.Array(id, { minItems: 1, maxItems: 20, uniqueItems: true }),
    modes: Type.Array(Type.Enum([...MODES]), { minItems: 1, uniqueItems: true }),
    /** When, by the clock of the site; left out or empty, whenever the agent may be recorded. */
    windows: Type.Optional(windows),
    /** What the agent notices of it: nothing, or a word in the agent's own ear, when it begins. */
    notice: Type.Enum(['none', 'spoken']),
  },
  closed,
);

export type Team = Static<typeof teamSchema>;
export type Mode = (typeof MODES)[number];

// What the routes of the settings take and answer.

import Type, { type Static } from 'typebox';
import { closed, count, flag, orNull, text } from '../shared/schema.ts';
import { editSchema } from './edits.ts';
import { KINDS, type Section } from './objects.ts';
import { queueSchema } from './queue-schema.ts';
import {
  announcementSchema,
  clientSchema,
  conferenceSchema,
  internalSchema,
  lineSchema,
  outboundSchema,
  policySchema,
  recipientGroupSchema,
  ringGroupSchema,
} from './schema.ts';
import { teamSchema } from './team-schema.ts';

const version = Type.String({ pattern: '^[0-9a-f]{64}$' });

/** A whole text, or edits of some objects: one of them. The base is the version of the settings that was looked at. */
export const wishSchema = Type.Object(
  {
    base: version,
    edits: Type.Optional(Type.Array(editSchema, { minItems: 1, maxItems: 200 })),
    yaml: Type.Optional(Type.String({ maxLength: 1_000_000 })),
  },
  { additionalProperties: false },
);
export type Wish = Static<typeof wishSchema>;

const fault = closed({ at: text, says: text, law: Type.Optional(text), hint: Type.Optional(text) });

/** Of a person what the page needs; who is a staff representative is not for everybody (C10). */
const person = closed({ id: text, name: text, client: text, role: text, extensions: Type.Array(text) });

export const settingsAnswer = {
  200: closed({
    version: text,
    generation: orNull(text),
    warnings: Type.Array(fault),
    settings: closed({
      clients: Type.Array(clientSchema),
      recipient_groups: Type.Array(recipientGroupSchema),
      announcements: Type.Array(announcementSchema),
      policies: Type.Array(policySchema),
      lines: Type.Array(lineSchema),
      ring_groups: Type.Array(ringGroupSchema),
      queues: Type.Array(queueSchema),
      conferences: Type.Array(conferenceSchema),
      people: Type.Array(person),
      teams: Type.Array(teamSchema),
      outbound: Type.Array(outboundSchema),
      internal: Type.Optional(internalSchema),
    }),
  }),
};

const change = closed({
  change: Type.Enum(['added', 'changed', 'removed']),
  section: Type.Enum([...(Object.keys(KINDS) as Section[]), 'internal']),
  what: text,
  fields: Type.Array(closed({ field: text, before: Type.Optional(text), after: Type.Optional(text) })),
  /** Whether it is for the company to decide: policies:decide. */
  decision: flag,
});
export const planAnswer = closed({
  base: text,
  changes: Type.Array(change),
  warnings: Type.Array(fault),
  /** What contradicts the law or itself: with any of these nothing can be applied. */
  faults: Type.Array(fault),
});
export type PlanAnswer = Static<typeof planAnswer>;
export type SettingsAnswer = Static<(typeof settingsAnswer)[200]>;

export const appliedAnswer = closed({
  before: orNull(text),
  after: text,
  version: text,
  changes: Type.Array(Type.Omit(change, ['decision'])),
});
export type AppliedAnswer = Static<typeof appliedAnswer>;

export const historyAnswer = {
  200: closed({
    entries: Type.Array(closed({ index: count, at: text, actor: text, action: text, what: text })),
    /** Give it as `before` for the next page. */
    next: orNull(count),
  }),
};
export type History = Static<(typeof historyAnswer)[200]>;

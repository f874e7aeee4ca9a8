// The settings file: announcements and lines, with what the law demands of each. Unknown keys are refused: a misspelt
// rule that is silently passed over would be a rule that is not kept.

import Type, { type Static } from 'typebox';

const closed = { additionalProperties: false };
const announcementId = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,63}$' });

export const announcementSchema = Type.Object(
  {
    id: announcementId,
    language: Type.Union([Type.Literal('fr'), Type.Literal('en')]),
    version: Type.Integer({ minimum: 1 }),
    text: Type.String({ minLength: 20, maxLength: 2_000 }),
  },
  closed,
);

export const lineSchema = Type.Object(
  {
    /** E.164. */
    did: Type.String({ pattern: '^\\+[1-9][0-9]{6,14}$' }),
    name: Type.String({ minLength: 1, maxLength: 80 }),
    purpose: Type.Union([Type.Literal('quality'), Type.Literal('training'), Type.Literal('contract')]),
    announcement: announcementId,
    consent: Type.Union([Type.Literal('opt-out'), Type.Literal('never')]),
    /** ISO 8601 duration. */
    retention: Type.String({ pattern: '^P' }),
    extensions: Type.Array(Type.String({ pattern: '^[0-9]{2,6}$' }), {
      minItems: 1,
      maxItems: 20,
      uniqueItems: true,
    }),
  },
  closed,
);

export const settingsSchema = Type.Object(
  { announcements: Type.Array(announcementSchema), lines: Type.Array(lineSchema) },
  closed,
);

export type Settings = Static<typeof settingsSchema>;
export type Line = Static<typeof lineSchema>;
export type Announcement = Static<typeof announcementSchema>;

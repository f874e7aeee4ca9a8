// What the routes of the rights desk take. Numbers come in bodies, never in an address: addresses are written into logs.

import Type, { type Static } from 'typebox';
import { ANSWERS, CHANNELS, ENDINGS, KINDS } from './request.ts';

const closed = { additionalProperties: false };
const text = (maxLength: number, minLength = 0) => Type.String({ minLength, maxLength });
const number = text(40, 3);
const numbers = Type.Array(number, { maxItems: 20 });
const day = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$' });

export const params = Type.Object({ id: Type.String({ pattern: '^\\d{4}-\\d{4,6}$' }) }, closed);
export const openBody = Type.Object(
  {
    kind: Type.Enum([...KINDS]),
    channel: Type.Enum([...CHANNELS]),
    receivedAt: Type.Optional(text(40)),
    reference: Type.Optional(text(120)),
    note: Type.Optional(text(2_000)),
    name: Type.Optional(text(200)),
    contact: Type.Optional(text(300)),
    numbers: Type.Optional(numbers),
  },
  closed,
);
export const identityBody = Type.Object({ how: text(500, 3) }, closed);
export const extendBody = Type.Object({ reason: text(2_000, 3), toldAt: text(40, 10) }, closed);
export const searchBody = Type.Object(
  {
    numbers: Type.Optional(numbers),
    calls: Type.Optional(Type.Array(text(36, 36), { maxItems: 200 })),
  },
  closed,
);
export const findBody = Type.Object(
  {
    /** Days by the clock of the site, both included. */
    from: day,
    to: day,
    line: Type.Optional(text(20)),
    extension: Type.Optional(Type.String({ pattern: '^[0-9]{2,6}$' })),
  },
  closed,
);
export const noteBody = Type.Object({ text: text(2_000, 3) }, closed);
export const objectionBody = Type.Object(
  { numbers: Type.Array(number, { minItems: 1, maxItems: 20 }) },
  closed,
);
export const answerBody = Type.Object(
  { outcome: Type.Enum([...ANSWERS]), reason: Type.Optional(text(2_000)) },
  closed,
);
export const closeBody = Type.Object({ how: Type.Enum([...ENDINGS]) }, closed);
export const letterQuery = Type.Object({ language: Type.Enum(['fr', 'en']) }, closed);
export const packageBody = Type.Object(
  {
    /** Recordings that are not handed out, each with the reason that the person reads (art. 15(4)). */
    withhold: Type.Optional(
      Type.Record(Type.String({ pattern: '^[0-9a-f-]{36}$' }), text(500, 3), { maxProperties: 200 }),
    ),
  },
  closed,
);

export type Params = Static<typeof params>;
export type OpenBody = Static<typeof openBody>;
export type IdentityBody = Static<typeof identityBody>;
export type ExtendBody = Static<typeof extendBody>;
export type SearchBody = Static<typeof searchBody>;
export type FindBody = Static<typeof findBody>;
export type NoteBody = Static<typeof noteBody>;
export type ObjectionBody = Static<typeof objectionBody>;
export type AnswerBody = Static<typeof answerBody>;
export type CloseBody = Static<typeof closeBody>;
export type LetterQuery = Static<typeof letterQuery>;
export type PackageBody = Static<typeof packageBody>;

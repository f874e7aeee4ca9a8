// What happens to a legal hold, each time signed: it is placed, renewed, released (C24). There is no hold for ever: each
// ends at most a year after it was placed or renewed.

import Type, { type Static, type TSchema } from 'typebox';
import { checker } from '../shared/validate.ts';

const text = Type.String();
const id = Type.String({ pattern: '^[0-9a-f-]{36}$' });
const moment = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$' });
const closed = <T extends Record<string, TSchema>>(fields: T) =>
  Type.Object(fields, { additionalProperties: false });
const common = {
  format: Type.Literal('greffier-hold-1'),
  hold: id,
  /** From 1; the name of its file says the same. */
  number: Type.Integer({ minimum: 1 }),
  /** SHA-256 of the event before; null of the first one. So none can be left out, and none be another hold's. */
  previous: Type.Union([text, Type.Null()]),
  at: moment,
  site: text,
  reason: text,
  requestedBy: text,
  approvedBy: text,
  signedBy: text,
};

const placed = closed({
  ...common,
  event: Type.Literal('placed'),
  /** What it is about, in a word or a file number; no name. */
  matter: text,
  endsAt: moment,
  /** Recordings with the UTC day of their folder. */
  recordings: Type.Array(closed({ id, day: moment }), { minItems: 1 }),
});
const renewed = closed({ ...common, event: Type.Literal('renewed'), endsAt: moment });
const released = closed({ ...common, event: Type.Literal('released') });

export const holdEventSchema = Type.Union([placed, renewed, released]);
export type HoldEvent = Static<typeof holdEventSchema>;
export type Placed = Static<typeof placed>;

const check = checker(holdEventSchema, 'bad-hold', 'hold');

/** Reads an event. Throws `bad-hold`, or a SyntaxError when it is no JSON. */
export function readHoldEvent(bytes: Uint8Array): HoldEvent {
  return check(JSON.parse(new TextDecoder().decode(bytes)));
}

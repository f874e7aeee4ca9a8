// One request of a person about their data (RGPD art. 15 to 18 and 21), as it lies in the register. Of the person it
// holds a name, a way to write to them, and the keyed fingerprint of each number; never a number (C19, C27).

import Type, { type Static, type TSchema } from 'typebox';
import { GreffierError, reasonOf } from '../shared/errors.ts';
import { checker } from '../shared/validate.ts';

export const KINDS = ['access', 'erasure', 'objection', 'rectification', 'restriction'] as const;
export const CHANNELS = ['letter', 'email', 'phone', 'web', 'in-person', 'other'] as const;
export const ANSWERS = ['granted', 'partly', 'refused'] as const;
/** How a request ends: it was answered, taken back, or nobody could show who asked (art. 12(6)). */
export const ENDINGS = ['answered', 'withdrawn', 'unidentified'] as const;

const closed = <T extends Record<string, TSchema>>(fields: T) =>
  Type.Object(fields, { additionalProperties: false });
const orNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const moment = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$' });
const text = Type.String({ maxLength: 2_000 });
const id = Type.String({ maxLength: 64 });
const by = Type.String({ minLength: 1, maxLength: 64 });
/** What is said of a recording when it is gone or kept: nothing of who spoke. */
const place = { id, startedAt: text, line: text, purpose: text };

export const OUTCOMES = ['pending', 'destroyed', 'held', 'locked', 'failed'] as const;
const outcomeSchema = closed({
  ...place,
  outcome: Type.Enum([...OUTCOMES]),
  /** End of the hold or of the lock; when it was destroyed for one that is gone. */
  at: orNull(Type.String()),
});

export const requestFields = {
  format: Type.Literal('greffier-request-1'),
  id: Type.String({ pattern: '^\\d{4}-\\d{4,}$' }),
  kind: Type.Enum([...KINDS]),
  receivedAt: moment,
  openedAt: moment,
  channel: Type.Enum([...CHANNELS]),
  /** As whoever received it calls it: the number of a letter, of a ticket. */
  reference: Type.String({ maxLength: 120 }),
  person: orNull(closed({ name: Type.String({ maxLength: 200 }), contact: Type.String({ maxLength: 300 }) })),
  parties: Type.Array(closed({ last4: Type.String({ maxLength: 4 }), fingerprint: id })),
  /** Calls that were found by day and line, because the number was withheld. */
  calls: Type.Array(id),
  identity: orNull(closed({ how: text, by, at: moment })),
  extension: orNull(closed({ reason: text, toldAt: moment, by })),
  /** What is to be corrected or restricted, in words. The recordings themselves are not changed. */
  note: text,
  found: orNull(
    closed({
      at: moment,
      recordings: Type.Array(closed({ ...place, state: text, dueAt: text, heldUntil: orNull(text) })),
      calls: Type.Integer(),
    }),
  ),
  exports: Type.Array(
    closed({
      at: moment,
      by,
      recordings: Type.Array(closed(place)),
      withheld: Type.Array(closed({ ...place, reason: text })),
      calls: Type.Integer(),
    }),
  ),
  erasure: orNull(
    closed({
      at: moment,
      by: Type.Tuple([by, by]),
      recordings: Type.Array(outcomeSchema),
      /** Records of calls that the person is taken out of. */
      calls: Type.Array(id),
      doneAt: orNull(moment),
    }),
  ),
  objection: orNull(closed({ at: moment, by, numbers: Type.Integer() })),
  answer: orNull(closed({ at: moment, by, outcome: Type.Enum([...ANSWERS]), reason: text })),
  closed: orNull(closed({ at: moment, by, how: Type.Enum([...ENDINGS]) })),
  /** Since when the register no longer says who it was. */
  forgottenAt: orNull(moment),
  /** Reminders that were given. */
  reminded: Type.Array(text),
  history: Type.Array(closed({ at: moment, by, what: text, note: text })),
};
const requestSchema = closed(requestFields);

export type Request = Static<typeof requestSchema>;
export type Kind = Request['kind'];
export type Erasure = NonNullable<Request['erasure']>;
export type Outcome = Static<typeof outcomeSchema>;

const check = checker(requestSchema, 'bad-request-file', 'a request in the register');

/** Reads a stored request. Throws `bad-request-file` for anything that is not of a format known here. */
export function readRequest(bytes: string): Request {
  let value: unknown;
  try {
    value = JSON.parse(bytes);
  } catch (cause) {
    throw new GreffierError('bad-request-file', `a request in the register: not JSON: ${reasonOf(cause)}`, {
      cause,
    });
  }
  return check(value);
}

export interface NewRequest {
  kind: Kind;
  receivedAt: Date;
  channel: Request['channel'];
  reference: string;
  person: Request['person'];
  parties: Request['parties'];
  note: string;
  by: string;
}

/** A request as it comes in. Throws `bad-received` for a day that has not been yet. */
export function newRequest(asked: NewRequest, now: Date): Omit<Request, 'id'> {
  const { kind, receivedAt, channel, reference, person, parties, note, by } = asked;
  // Not-a-number is not in the past either.
  if (!(receivedAt.getTime() <= now.getTime()))
    throw new GreffierError('bad-received', 'a request cannot have been received after now', { status: 400 });
  return {
    format: 'greffier-request-1',
    kind,
    receivedAt: receivedAt.toISOString(),
    openedAt: now.toISOString(),
    channel,
    reference,
    person,
    parties,
    calls: [],
    identity: null,
    extension: null,
    note,
    found: null,
    exports: [],
    erasure: null,
    objection: null,
    answer: null,
    closed: null,
    forgottenAt: null,
    reminded: [],
    history: [{ at: now.toISOString(), by, what: 'opened', note: '' }],
  };
}

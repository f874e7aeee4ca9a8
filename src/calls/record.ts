// The record of a call, recorded or not: each call is explained (promise 6). It lies in the vault as canonical JSON, and
// the index of calls is made from it. Of the party outside it holds the last four digits and a keyed fingerprint (C19).

import Type, { type Static, type TSchema } from 'typebox';
import { GreffierError, reasonOf } from '../shared/errors.ts';
import { checker } from '../shared/validate.ts';
import { DISPOSITIONS } from './disposition.ts';

const text = Type.String();
const moment = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$' });
const milliseconds = Type.Integer();
const closed = <T extends Record<string, TSchema>>(fields: T) =>
  Type.Object(fields, { additionalProperties: false });
const orNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const told = closed({ id: text, sha256: text, startedAt: moment, heardToTheEndAt: orNull(moment) });

const callRecordSchema = closed({
  format: Type.Literal('greffier-call-1'),
  id: text,
  site: text,
  direction: text,
  client: text,
  line: closed({ did: text, name: text }),
  policy: closed({ id: text, generation: text }),
  outside: closed({ last4: text, fingerprint: text }),
  /** Internal number that was dialled; empty but for internal calls. */
  dialled: text,
  extensions: Type.Array(closed({ extension: text, at: moment })),
  arrivedAt: moment,
  answeredAt: orNull(moment),
  endedAt: orNull(moment),
  /** From arrival to answer. */
  waitingMs: orNull(milliseconds),
  queue: orNull(closed({ id: text, joinedAt: moment, leftAt: orNull(moment), waitMs: orNull(milliseconds) })),
  announcements: Type.Array(told),
  information: Type.Array(told),
  /** Threshold is eight hex digits, or g when every call is chosen. */
  draw: orNull(closed({ value: text, threshold: text, share: milliseconds, chosen: Type.Boolean() })),
  consent: orNull(text),
  pauses: Type.Array(closed({ startedAt: moment, endedAt: orNull(moment), reason: text })),
  parks: Type.Array(closed({ startedAt: moment, endedAt: orNull(moment) })),
  transfers: Type.Array(closed({ at: moment, kind: text, to: text })),
  conferences: Type.Array(closed({ at: moment, id: text })),
  keys: Type.Array(closed({ at: moment, code: text, extension: text, result: text })),
  disposition: Type.Enum([...DISPOSITIONS]),
  /** Hangup cause (Q.850); null when Asterisk ended first. */
  cause: orNull(Type.Integer()),
  recorded: Type.Boolean(),
  /** Why not; null when it was recorded. */
  reason: orNull(text),
  /** Asterisk's own names of the channel and of the call it belongs to. They say nothing of a person. */
  channelId: text,
  linkedId: text,
});

export type CallRecord = Static<typeof callRecordSchema>;

const check = checker(callRecordSchema, 'bad-call-record', 'call record');

/** Reads a stored record. Throws `bad-call-record` for anything that is not of a format known here. */
export function readCallRecord(bytes: string | Uint8Array): CallRecord {
  let value: unknown;
  try {
    value = JSON.parse(typeof bytes === 'string' ? bytes : new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new GreffierError('bad-call-record', `call record: not JSON: ${reasonOf(cause)}`, { cause });
  }
  return check(value);
}

/** The same call without whoever spoke (C23): what stays when its recording is destroyed. */
export function withoutPeople(record: CallRecord): CallRecord {
  return {
    ...record,
    outside: { last4: '', fingerprint: '' },
    dialled: '',
    extensions: [],
    transfers: record.transfers.map((transfer) => ({ ...transfer, to: '' })),
    keys: record.keys.map((key) => ({ ...key, extension: '' })),
  };
}

// What the routes of recordings answer.

import Type, { type TSchema } from 'typebox';
import { closed, count, flag, next, orNull, text } from '../shared/schema.ts';

export const recordingFields = {
  id: text,
  startedAt: text,
  durationSeconds: Type.Number({ minimum: 0 }),
  direction: text,
  client: text,
  line: closed({ did: text, name: text }),
  policy: text,
  purpose: text,
  /** Never more of a number than this (C19). */
  outside: closed({ last4: text }),
  extension: text,
  /** Empty for a call that waited in none. */
  queue: text,
  consent: text,
  state: Type.Enum(['sealed', 'interrupted', 'truncated', 'destroyed']),
  dueAt: text,
  /** While a legal hold keeps it. */
  heldUntil: Type.Optional(text),
  bytes: count,
  tombstone: Type.Optional(closed({ destroyedAt: text, reason: orNull(text) })),
};

export const recordingsAnswer = {
  200: closed({
    recordings: Type.Array(closed(recordingFields)),
    next,
    /** How many fit, on the first page alone; `more` when there are, or may be, more of them. */
    found: Type.Optional(closed({ count, more: flag })),
    /** Beginning of the last row that was looked at, when the search stopped on its way. */
    searchedTo: Type.Optional(text),
    /** Of all clients: missing for whoever sees some of them alone. */
    total: Type.Optional(count),
  }),
};

const named = { name: text, client: text };
export const termsAnswer = {
  200: closed({
    clients: Type.Array(closed({ id: text, name: text })),
    lines: Type.Array(closed({ did: text, ...named })),
    queues: Type.Array(closed({ id: text, ...named })),
    people: Type.Array(closed({ id: text, ...named, extensions: Type.Array(text) })),
  }),
};

/** What stands for a number in a search. */
export const partyAnswer = { 200: closed({ party: text, last4: text }) };

/** One recording, with its manifest and the sizes of its files while it is there. */
export const recordingAnswer = (manifest: TSchema) => ({
  200: closed({
    ...recordingFields,
    manifest: Type.Optional(manifest),
    files: Type.Optional(Type.Record(text, count)),
  }),
});

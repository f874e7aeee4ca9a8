// What the routes of recordings answer.

import Type, { type TSchema } from 'typebox';
import { closed, count, next, orNull, text } from '../shared/schema.ts';

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
  consent: text,
  state: Type.Enum(['sealed', 'interrupted', 'truncated', 'destroyed']),
  dueAt: text,
  bytes: count,
  tombstone: Type.Optional(closed({ destroyedAt: text, reason: orNull(text) })),
};

export const recordingsAnswer = {
  200: closed({ recordings: Type.Array(closed(recordingFields)), next, total: orNull(count) }),
};

/** One recording, with its manifest and the sizes of its files while it is there. */
export const recordingAnswer = (manifest: TSchema) => ({
  200: closed({
    ...recordingFields,
    manifest: Type.Optional(manifest),
    files: Type.Optional(Type.Record(text, count)),
  }),
});

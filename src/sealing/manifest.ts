// The manifest: what a recording is, when it is due, and that the parties were told. It lies beside the ciphertext in
// canonical JSON with a detached signature, so it stands without this program. No full number and no name (C19).

import Type, { type Static, type TSchema } from 'typebox';
import { GreffierError, reasonOf } from '../shared/errors.ts';
import { checker } from '../shared/validate.ts';

const text = Type.String();
const moment = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$' });
const count = Type.Integer({ minimum: 0 });
const closed = <T extends Record<string, TSchema>>(fields: T) =>
  Type.Object(fields, { additionalProperties: false });
const orNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const stretch = closed({ startedAt: moment, endedAt: orNull(moment), reason: text });
const ciphertext = closed({ bytes: count, sha256: text });

/** The second knew FLAC alone, and no recording that was truncated; for the rest they are the same. */
const FORMATS = ['greffier-manifest-2', 'greffier-manifest-3'];

export const manifestSchema = closed({
  format: Type.Enum(FORMATS),
  id: text,
  site: text,
  direction: text,
  client: text,
  line: closed({ did: text, name: text }),
  policy: closed({ id: text, generation: text }),
  purpose: text,
  outside: closed({ last4: text, fingerprint: text }),
  /** Those who took part, in the order in which they joined. */
  extensions: Type.Array(text),
  arrivedAt: moment,
  answeredAt: orNull(moment),
  endedAt: orNull(moment),
  announcements: Type.Array(closed({ id: text, sha256: text, startedAt: moment, heardToTheEndAt: moment })),
  /** The draw that chose this call (C11); null when the recording was started by hand. */
  draw: orNull(closed({ value: text, threshold: text, share: count })),
  consent: Type.Union([Type.Literal('not-refused'), Type.Literal('given'), Type.Literal('legal-obligation')]),
  /** What was captured, by the clock; and what lies between, which is digital zero in the audio. */
  segments: Type.Array(stretch),
  pauses: Type.Array(stretch),
  /** Interrupted: Asterisk or the power ended it. Truncated: it was ended early for want of room; the call went on. */
  state: Type.Union([Type.Literal('sealed'), Type.Literal('interrupted'), Type.Literal('truncated')]),
  audio: closed({
    encoding: Type.Union([Type.Literal('flac'), Type.Literal('opus')]),
    rate: count,
    left: Type.Literal('outside'),
    right: Type.Literal('inside'),
    milliseconds: count,
  }),
  body: ciphertext,
  details: ciphertext,
  /** Fingerprints of the encryption keys that the header is for. */
  recipients: Type.Array(text),
  retention: text,
  /** Absolute, in UTC: nothing that happens to the files can move it. */
  dueAt: moment,
  signedBy: text,
});

export type Manifest = Static<typeof manifestSchema>;

const check = checker(manifestSchema, 'bad-manifest', 'manifest');

/** Reads a manifest. Throws `bad-manifest` for anything that is not of a format known here: it is not guessed at. */
export function readManifest(bytes: Uint8Array): Manifest {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new GreffierError('bad-manifest', `manifest: not JSON: ${reasonOf(cause)}`, { cause });
  }
  const format = (value as { format?: unknown } | null)?.format;
  if (!FORMATS.includes(String(format))) {
    throw new GreffierError('bad-manifest', `manifest: unknown format ${String(format).slice(0, 40)}`, {
      hint: 'read it with the version of the program that wrote it',
    });
  }
  return check(value);
}

/** Start of the audio: the moment from which the two parties were captured. */
export function startOf(manifest: Pick<Manifest, 'answeredAt' | 'arrivedAt' | 'segments'>): Date {
  const { answeredAt, arrivedAt, segments } = manifest;
  const moments = [arrivedAt, answeredAt, segments[0]?.startedAt].flatMap((moment) => moment ?? []);
  return new Date(Math.max(...moments.map((moment) => new Date(moment).getTime())));
}

/** The day (UTC) whose folder holds the recording. */
export function dayOf(manifest: Pick<Manifest, 'arrivedAt'>): Date {
  return new Date(`${manifest.arrivedAt.slice(0, 10)}T00:00:00Z`);
}

// Announcements over HTTP: what callers are told, to read and to hear, and a new version of it.

import Type, { type Static, type TSchema } from 'typebox';
import type { WebServer } from '../http/server.ts';
import type { Asking } from '../shared/asking.ts';
import { bytesOf, closed, flag, orNull, text } from '../shared/schema.ts';

/** Two minutes of stereo at 44.1 kHz are 21 MB. */
const LARGEST_AUDIO = 24 * 1024 * 1024;
/** As base64 it is a third longer; the text and the rest beside it. */
const LARGEST_BODY = Math.ceil(LARGEST_AUDIO / 3) * 4 + 64 * 1024;

const strict = { additionalProperties: false };
const params = Type.Object({ id: Type.String({ minLength: 1, maxLength: 64 }) }, strict);
const wording = {
  text: Type.String({ maxLength: 4_000 }),
  /** A file of sound, as base64. */
  audio: Type.String({ minLength: 1, maxLength: Math.ceil(LARGEST_AUDIO / 3) * 4 }),
  /** What the file is called in messages. */
  name: Type.String({ minLength: 1, maxLength: 120 }),
};
const planBody = Type.Object(wording, strict);
const versionBody = Type.Object({ ...wording, base: Type.String({ pattern: '^[0-9a-f]{64}$' }) }, strict);
export type NewWording = Static<typeof planBody>;

const listAnswer = {
  200: closed({
    announcements: Type.Array(
      closed({
        id: text,
        client: text,
        language: text,
        version: Type.Integer({ minimum: 1 }),
        kind: text,
        text,
        seconds: orNull(Type.Number({ minimum: 0 })),
        sha256: orNull(text),
        /** Lines, and what else plays it. */
        lines: Type.Array(text),
        /** `in order`, or why it cannot be played. */
        audio: text,
        /** Whether a newer version is played in its place. */
        replaced: flag,
      }),
    ),
    /** Codes that somebody may dial to speak a new version, for whoever may decide on it. */
    dictations: Type.Array(closed({ code: text, until: text })),
  }),
};
export type AnnouncementList = Static<(typeof listAnswer)[200]>;

const fresh = { id: text, replaces: text, sha256: text, seconds: Type.Number({ minimum: 0 }) };
/** A new version, as it is or would be. */
export interface Fresh {
  id: string;
  replaces: string;
  sha256: string;
  seconds: number;
}

export interface AnnouncementRoutes {
  list(asking: Asking): Promise<AnnouncementList>;
  /** Throws `announcement-unknown`, `announcement-missing`. */
  sound(id: string): Promise<Buffer>;
  plan(id: string, wording: NewWording): Promise<Fresh & { plan: object }>;
  replace(id: string, wording: NewWording, base: string, asking: Asking): Promise<Fresh & { after: string }>;
  /** What a plan looks like is the settings' own. */
  planAnswer: TSchema;
}

const UNKNOWN = 'announcement-unknown';
const UNFIT = [UNKNOWN, 'announcement-replaced', 'announcement-exists', 'announcement-unsuitable'];
const CHANGED = ['settings-changed', 'settings-damaged', 'bad-settings', 'busy'];

/** Adds the routes of /api/announcements. */
export function announcementRoutes(server: WebServer, parts: AnnouncementRoutes): void {
  const read = { access: 'policies:read' };
  const decide = { access: 'policies:decide' };
  server.get('/api/announcements', { config: { ...read }, schema: { response: listAnswer } }, (request) =>
    parts.list(request),
  );
  server.get(
    '/api/announcements/:id/audio',
    {
      config: { ...read, errors: [UNKNOWN, 'announcement-missing'] },
      schema: { params, response: bytesOf('audio/wav') },
    },
    async (request, reply) =>
      reply.type('audio/wav').send(await parts.sound((request.params as Static<typeof params>).id)),
  );
  server.post(
    '/api/announcements/:id/plan',
    {
      config: { ...decide, errors: [...UNFIT, 'settings-damaged'] },
      bodyLimit: LARGEST_BODY,
      schema: { params, body: planBody, response: { 200: closed({ ...fresh, plan: parts.planAnswer }) } },
    },
    (request) => parts.plan((request.params as Static<typeof params>).id, request.body as NewWording),
  );
  server.post(
    '/api/announcements/:id/versions',
    {
      config: { ...decide, stepUp: true, errors: [...UNFIT, ...CHANGED] },
      bodyLimit: LARGEST_BODY,
      schema: { params, body: versionBody, response: { 201: closed({ ...fresh, after: text }) } },
    },
    async (request, reply) => {
      const { base, ...words } = request.body as Static<typeof versionBody>;
      const { id } = request.params as Static<typeof params>;
      return reply.code(201).send(await parts.replace(id, words, base, request));
    },
  );
}

// Extracts over HTTP: made by those who may, played by those who learn. What is played has no manifest, no number, no name
// and no date; the voice stays personal data, and the page says so.

import Type, { type Static } from 'typebox';
import type { WebServer } from '../http/server.ts';
import { bytesOf, NOTHING } from '../shared/schema.ts';
import { extractsAnswer, madeAnswer } from './answers.ts';
import type { Extract, Extracts, NewExtract } from './store.ts';

export interface ExtractRoutes {
  extracts: Extracts;
  /** Checks what is wished, and completes it. Throws what stands in the way. */
  prepare(wish: Wish, by: string): Promise<NewExtract>;
  /** The message as sealed: header, then body. Throws `recording-destroyed`. */
  message(extract: Extract): Promise<{ stream: NodeJS.ReadableStream; bytes: number }>;
  audit(entry: {
    actor: string;
    action: string;
    recording: string;
    subject: string;
    from: string;
    code?: string;
  }): Promise<void>;
}

export interface Wish {
  recording: string;
  title: string;
  fromMs: number;
  toMs: number | null;
}

const closed = { additionalProperties: false };
const params = Type.Object({ id: Type.String({ maxLength: 64 }) }, closed);
const body = Type.Object(
  {
    recording: Type.String({ maxLength: 64 }),
    title: Type.String({ minLength: 3, maxLength: 80 }),
    fromMs: Type.Optional(Type.Integer({ minimum: 0 })),
    toMs: Type.Optional(Type.Integer({ minimum: 1 })),
  },
  closed,
);
const MESSAGE = 'application/pgp-encrypted';
const GONE = ['no-such-extract', 'extract-expired'];
type Id = Static<typeof params>;

/** Adds the routes of /api/extracts. */
export function extractRoutes(server: WebServer, { extracts, prepare, message, audit }: ExtractRoutes): void {
  const [make, play] = [{ access: 'extracts:make' }, { access: 'extracts:play' }];
  server.get('/api/extracts', { config: play, schema: { response: extractsAnswer } }, async () => ({
    extracts: (await extracts.all()).map(shown),
  }));
  server.post(
    '/api/extracts',
    {
      config: {
        ...make,
        errors: [
          'recording-not-found',
          'recording-destroyed',
          'bad-range',
          'wrong-purpose',
          'personal-reason',
        ],
      },
      schema: { body, response: madeAnswer },
    },
    async (request, reply) => {
      const { fromMs = 0, toMs = null, ...wish } = request.body as Static<typeof body>;
      const prepared = await prepare({ ...wish, fromMs, toMs }, request.user);
      await audit({
        actor: request.user,
        action: 'extract-made',
        recording: wish.recording,
        subject: wish.title,
        from: request.ip,
      });
      return reply.code(201).send(shown(await extracts.make(prepared)));
    },
  );
  server.get(
    '/api/extracts/:id/message',
    {
      config: { ...play, errors: [...GONE, 'recording-destroyed'] },
      schema: { params, response: bytesOf(MESSAGE) },
    },
    async (request, reply) => {
      const extract = await extracts.one((request.params as Id).id);
      const { stream, bytes } = await message(extract);
      const told = { actor: request.user, action: 'extract-play', code: 'training', from: request.ip };
      await audit({ ...told, recording: extract.recording, subject: extract.id });
      return reply.header('content-length', bytes).type(MESSAGE).send(stream);
    },
  );
  server.delete(
    '/api/extracts/:id',
    { config: { ...make, errors: GONE }, schema: { params, response: NOTHING } },
    async (request, reply) => {
      const extract = await extracts.one((request.params as Id).id);
      await audit({
        actor: request.user,
        action: 'extract-removed',
        recording: extract.recording,
        subject: extract.id,
        from: request.ip,
      });
      await extracts.remove(extract.id);
      return reply.code(204).send();
    },
  );
}

/** Nothing of the source. */
function shown({ id, title, fromMs, toMs, expiresAt }: Extract) {
  return { id, title, fromMs, toMs, expiresAt };
}

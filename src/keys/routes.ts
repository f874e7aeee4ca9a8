// Keys over HTTP: what there is, the drill, and the browser's part of a rotation. Nothing that opens a recording ever
// passes here: public keys, ciphertext, and private keys under their owner's passphrase or wrapped to their members.

import Type, { type Static } from 'typebox';
import type { WebServer } from '../http/server.ts';
import { fromBase64, toBase64 } from '../shared/packets.ts';
import { bytesOf, NOTHING } from '../shared/schema.ts';
import { headersAnswer, keysAnswer, mineAnswer, rotationAnswer, takenAnswer } from './answers.ts';
import type { Rotation } from './rotation-file.ts';
import type { WrappedKey } from './wrapped.ts';

interface Header {
  id: string;
  header: Uint8Array;
}

/** What the routes need of the rest of the program. */
export interface KeysRoutes {
  overview(): Promise<object>;
  mine(user: string): Promise<{
    personal: string | null;
    fingerprint: string | null;
    groups: WrappedKey[];
  }>;
  /** Keeps the personal key of a user. Throws `unfit-key`, `personal-key-exists` unless it may replace another. */
  keepPersonal(user: string, armored: string, replace: boolean): Promise<void>;
  canary(fingerprint: string): Promise<string>;
  /** Throws `wrong-code`. */
  confirm(user: string, fingerprint: string, code: string): Promise<void>;
  /** The rotation under way, with how far it is. Throws `no-rotation`. */
  rotation(): Promise<Rotation & { total: number; done: number }>;
  headers(
    user: string,
    page: { after: string | undefined; limit: number | undefined },
  ): Promise<{
    headers: Header[];
    next: string | null;
  }>;
  take(
    user: string,
    headers: Header[],
  ): Promise<{ accepted: number; refused: { id: string; reason: string }[] }>;
}

const closed = { additionalProperties: false };
const fingerprintParams = Type.Object({ fingerprint: Type.String({ pattern: '^[0-9a-f]{40}$' }) }, closed);
const codeBody = Type.Object({ code: Type.String({ minLength: 1, maxLength: 200 }) }, closed);
const personalBody = Type.Object(
  { armored: Type.String({ minLength: 1, maxLength: 60_000 }), replace: Type.Optional(Type.Boolean()) },
  closed,
);
const pageQuery = Type.Object(
  {
    after: Type.Optional(Type.String({ maxLength: 64 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
  },
  closed,
);
const headersBody = Type.Object(
  {
    headers: Type.Array(
      Type.Object({ id: Type.String({ maxLength: 64 }), header: Type.String({ maxLength: 20_000 }) }, closed),
      { minItems: 1, maxItems: 200 },
    ),
  },
  closed,
);
/** Two hundred headers for many recipients are more than the 64 KiB that other requests may have. */
const HEADERS_BYTES = 4 * 1024 * 1024;
const MESSAGE = 'application/pgp-encrypted';

/** Adds the routes of /api/keys. */
export function keysRoutes(server: WebServer, keys: KeysRoutes): void {
  const read = { access: 'keys:read' };
  const hold = { access: 'keys:hold' };
  const own = { access: 'keys:own' };

  server.get('/api/keys', { config: read, schema: { response: keysAnswer } }, () => keys.overview());

  server.get('/api/keys/mine', { config: own, schema: { response: mineAnswer } }, async ({ user }) => {
    const { groups, ...own } = await keys.mine(user);
    return { ...own, groups: groups.map((one) => ({ ...one, wrapped: toBase64(one.wrapped) })) };
  });

  server.put(
    '/api/keys/mine',
    {
      // What opens recordings is about to change: whoever sits at an open session alone does not do it.
      config: { ...own, stepUp: true, errors: ['unfit-key', 'personal-key-exists'] },
      schema: { body: personalBody, response: NOTHING },
    },
    async ({ user, body }, reply) => {
      const { armored, replace = false } = body as Static<typeof personalBody>;
      await keys.keepPersonal(user, armored, replace);
      return reply.code(204).send();
    },
  );

  server.get(
    '/api/keys/drills/:fingerprint/message',
    {
      config: { ...hold, errors: ['no-such-key', 'unfit-key'] },
      schema: { params: fingerprintParams, response: bytesOf(MESSAGE) },
    },
    async ({ params }, reply) => {
      const { fingerprint } = params as Static<typeof fingerprintParams>;
      return reply.type(MESSAGE).send(await keys.canary(fingerprint));
    },
  );

  server.post(
    '/api/keys/drills/:fingerprint',
    {
      config: { ...hold, errors: ['no-such-key', 'wrong-code'] },
      schema: { params: fingerprintParams, body: codeBody, response: NOTHING },
    },
    async ({ params, body, user }, reply) => {
      const { fingerprint } = params as Static<typeof fingerprintParams>;
      await keys.confirm(user, fingerprint, (body as Static<typeof codeBody>).code);
      return reply.code(204).send();
    },
  );

  server.get(
    '/api/keys/rotation',
    { config: { ...read, errors: ['no-rotation'] }, schema: { response: rotationAnswer } },
    async () => {
      const { id, from, to, toArmored, total, done, state } = await keys.rotation();
      return { id, from, to, toArmored, total, done, state };
    },
  );

  server.get(
    '/api/keys/rotation/headers',
    {
      config: { ...hold, errors: ['no-rotation'] },
      schema: { querystring: pageQuery, response: headersAnswer },
    },
    async ({ query, user }) => {
      const { after, limit } = query as Static<typeof pageQuery>;
      const { headers, next } = await keys.headers(user, { after, limit });
      return { headers: headers.map(({ id, header }) => ({ id, header: toBase64(header) })), next };
    },
  );

  server.post(
    '/api/keys/rotation/headers',
    {
      config: { ...hold, errors: ['no-rotation', 'wrong-rotation', 'rotation-ending'] },
      bodyLimit: HEADERS_BYTES,
      schema: { body: headersBody, response: takenAnswer },
    },
    async ({ body, user }) => {
      const { headers } = body as Static<typeof headersBody>;
      const given = headers.map(({ id, header }) => ({ id, header: fromBase64(header) }));
      return keys.take(user, given);
    },
  );
}

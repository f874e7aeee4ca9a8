// Logging in and out, the second factor once more, and what a person does with the own account.

import type { FastifyReply, FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import type { WebServer } from '../http/server.ts';
import { reasonOf } from '../shared/errors.ts';
import { NOTHING } from '../shared/schema.ts';
import { sessionAnswer } from './answers.ts';
import type { Attempt } from './attempts.ts';
import {
  type AccessParts,
  COOKIE_OPTIONS,
  DEVICE_COOKIE,
  SESSION_COOKIE,
  tokenOf,
  userOf,
  whoAsks,
} from './guard.ts';
import type { Person } from './people.ts';
import { permissionsOf } from './roles.ts';

const closed = { additionalProperties: false };
/** Six digits, or a recovery code. */
const code = Type.String({ pattern: '^([0-9]{6}|[a-zA-Z0-9]{4}(-?[a-zA-Z0-9]{4}){2})$' });
const credentials = Type.Object(
  {
    user: Type.String({ minLength: 1, maxLength: 64 }),
    password: Type.String({ minLength: 1, maxLength: 1024 }),
    totp: Type.Optional(code),
  },
  closed,
);
const stepUpBody = Type.Object({ totp: code }, closed);
/** A year: what is remembered lets nobody in. */
const DEVICE_SECONDS = 365 * 86_400;
const LIMIT = { max: 10, timeWindow: '1 minute' };

/** Adds the routes of /api/session. */
export function accessRoutes(server: WebServer, parts: AccessParts): void {
  const { people, sessions, attempts, devices, audit } = parts;
  // Open to whoever is logged in, whatever the role: the routes themselves ask who that is.
  const own = { access: 'public', errors: ['not-logged-in'] };

  /** Runs a check that may fail, slowed down for whoever fails often; each failure is written down. */
  async function tried<T>(request: FastifyRequest, user: string, check: () => Promise<T>): Promise<T> {
    const device = devices.read(request.cookies[DEVICE_COOKIE], user);
    const attempt: Attempt = { user, address: request.ip, device };
    attempts.insist(attempt);
    try {
      const result = await check();
      attempts.succeeded(attempt);
      return result;
    } catch (error) {
      // Asked for the code, the person has done nothing wrong yet.
      if ((error as { code?: string }).code === 'totp-required') throw error;
      attempts.failed(attempt);
      // The name may be a password typed into the wrong field: it is not written down.
      await audit({ actor: 'unknown', action: 'log-in-refused', reason: reasonOf(error), from: request.ip });
      throw error;
    }
  }

  server.post(
    '/api/session',
    {
      config: {
        access: 'public',
        rateLimit: LIMIT,
        errors: ['wrong-credentials', 'totp-required', 'totp-not-set'],
      },
      schema: { body: credentials, response: sessionAnswer },
    },
    async (request, reply) => {
      const { user, password, totp } = request.body as Static<typeof credentials>;
      const person = await tried(request, user, () => people.authenticate(user, password, totp));
      await audit({ actor: person.user, action: 'log-in', from: request.ip });
      sessions.end(tokenOf(request));
      reply.setCookie(SESSION_COOKIE, sessions.begin(person.user), COOKIE_OPTIONS);
      if (!devices.read(request.cookies[DEVICE_COOKIE], user))
        reply.setCookie(DEVICE_COOKIE, devices.issue(user), { ...COOKIE_OPTIONS, maxAge: DEVICE_SECONDS });
      return presented(person);
    },
  );
  server.get('/api/session', { config: own, schema: { response: sessionAnswer } }, async (request) =>
    presented(await whoAsks(request, parts)),
  );
  server.post(
    '/api/session/step-up',
    {
      config: { ...own, rateLimit: LIMIT, errors: ['not-logged-in', 'wrong-credentials'] },
      schema: { body: stepUpBody, response: NOTHING },
    },
    async (request, reply) => {
      const { user } = await whoAsks(request, parts);
      const { totp } = request.body as Static<typeof stepUpBody>;
      await tried(request, user, () => people.confirm(user, totp));
      await audit({ actor: user, action: 'step-up', from: request.ip });
      sessions.stepUp(tokenOf(request));
      return reply.code(204).send();
    },
  );
  server.delete(
    '/api/session',
    { config: { access: 'public' }, schema: { response: NOTHING } },
    async (request, reply: FastifyReply) => {
      const user = userOf(request, sessions);
      sessions.end(tokenOf(request));
      if (user) await audit({ actor: user, action: 'log-out', from: request.ip });
      return reply.clearCookie(SESSION_COOKIE, COOKIE_OPTIONS).code(204).send();
    },
  );
  server.delete('/api/sessions', { config: own, schema: { response: NOTHING } }, async (request, reply) => {
    const { user } = await whoAsks(request, parts);
    await audit({ actor: user, action: 'log-out-everywhere', from: request.ip });
    sessions.endAll(user);
    return reply.clearCookie(SESSION_COOKIE, COOKIE_OPTIONS).code(204).send();
  });
}

function presented(person: Person) {
  return { ...person, permissions: permissionsOf(person) };
}

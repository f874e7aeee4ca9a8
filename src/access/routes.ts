// Logging in and out, and who may pass.

import type { FastifyReply, FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import type { WebServer } from '../http/server.ts';
import { GreffierError, reasonOf } from '../shared/errors.ts';
import type { People } from './people.ts';
import { may, type Permission } from './roles.ts';
import type { Sessions } from './sessions.ts';

// The __Host- prefix makes the browser refuse it without Secure, with a domain, or from another path.
const COOKIE = '__Host-session';
const COOKIE_OPTIONS = { path: '/', httpOnly: true, secure: true, sameSite: 'strict' } as const;

const credentials = Type.Object(
  {
    user: Type.String({ minLength: 1, maxLength: 64 }),
    password: Type.String({ minLength: 1, maxLength: 1024 }),
    totp: Type.Optional(Type.String({ pattern: '^[0-9]{6}$' })),
  },
  { additionalProperties: false },
);

export interface AccessRoutes {
  people: People;
  sessions: Sessions;
  /** Writes to the audit log; see src/audit. */
  audit(entry: { actor: string; action: string; reason?: string; from?: string }): Promise<void>;
}

/** Adds the routes of /api/session. */
export function accessRoutes(server: WebServer, { people, sessions, audit }: AccessRoutes): void {
  const limit = { max: 10, timeWindow: '1 minute' };
  server.post(
    '/api/session',
    { config: { access: 'public', rateLimit: limit }, schema: { body: credentials } },
    async (request, reply) => {
      const { user, password, totp } = request.body as Static<typeof credentials>;
      const person = await people.authenticate(user, password, totp).catch(async (error) => {
        // The name may be a password typed into the wrong field: it is not written down.
        await audit({
          actor: 'unknown',
          action: 'log-in-refused',
          reason: reasonOf(error),
          from: request.ip,
        });
        throw error;
      });
      await audit({ actor: person.user, action: 'log-in', from: request.ip });
      endSession(request, sessions);
      reply.setCookie(COOKIE, sessions.begin(person.user), COOKIE_OPTIONS);
      return person;
    },
  );
  server.get('/api/session', { config: { access: 'public' } }, async (request) => {
    const person = await people.find(userOf(request, sessions) ?? '');
    if (!person) throw notLoggedIn();
    return person;
  });
  server.delete('/api/session', { config: { access: 'public' } }, async (request, reply: FastifyReply) => {
    const user = userOf(request, sessions);
    endSession(request, sessions);
    if (user) await audit({ actor: user, action: 'log-out', from: request.ip });
    return reply.clearCookie(COOKIE, COOKIE_OPTIONS).code(204).send();
  });
}

/** Lets a request pass when its session's person holds the permission. Throws `not-logged-in` or `forbidden`. */
export async function guard(
  request: FastifyRequest,
  permission: Permission,
  { people, sessions, audit }: AccessRoutes,
): Promise<void> {
  const person = await people.find(userOf(request, sessions) ?? '');
  if (!person) throw notLoggedIn();
  if (!may(person.roles, permission)) {
    await audit({ actor: person.user, action: 'refused', reason: permission, from: request.ip });
    throw new GreffierError('forbidden', `user ${person.user} may not ${permission}`, { status: 403 });
  }
  request.user = person.user;
}

function userOf(request: FastifyRequest, sessions: Sessions): string | undefined {
  const token = request.cookies[COOKIE];
  return token ? sessions.user(token) : undefined;
}

function endSession(request: FastifyRequest, sessions: Sessions): void {
  const token = request.cookies[COOKIE];
  if (token) sessions.end(token);
}

function notLoggedIn(): GreffierError {
  return new GreffierError('not-logged-in', 'nobody is logged in', { status: 401 });
}

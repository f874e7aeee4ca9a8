// Who may pass: somebody is logged in, holds the permission and, for what cannot be undone, has just given the second
// factor once more (OWASP ASVS 5.0, 7.5.3).

import type { FastifyRequest } from 'fastify';
import { GreffierError } from '../shared/errors.ts';
import type { Attempts } from './attempts.ts';
import type { Devices } from './devices.ts';
import type { Invitations } from './invitations.ts';
import type { People, Person } from './people.ts';
import { mayAs, type Permission } from './roles.ts';
import type { Sessions } from './sessions.ts';
import { type BearerParts, bearerOf, guardBearer } from './token-guard.ts';
import type { Tokens } from './tokens.ts';

// The __Host- prefix makes the browser refuse it without Secure, with a domain, or from another path.
export const SESSION_COOKIE = '__Host-session';
export const DEVICE_COOKIE = '__Host-device';
export const COOKIE_OPTIONS = { path: '/', httpOnly: true, secure: true, sameSite: 'strict' } as const;

export interface AccessParts {
  people: People;
  sessions: Sessions;
  invitations: Invitations;
  attempts: Attempts;
  devices: Devices;
  tokens: Tokens;
  site: string;
  /** Writes to the audit log; see src/audit. */
  audit(entry: {
    actor: string;
    action: string;
    reason?: string;
    from?: string;
    subject?: string;
  }): Promise<void>;
}

/** Lets a request pass. Throws `not-logged-in`, `forbidden` (audited), or `step-up-needed`. */
export async function guard(
  request: FastifyRequest,
  permission: Permission,
  { people, sessions, ...parts }: Pick<AccessParts, 'people' | 'sessions'> & BearerParts,
): Promise<void> {
  const { audit } = parts;
  if (bearerOf(request)) return guardBearer(request, permission, { people, ...parts });
  const person = await people.find(userOf(request, sessions) ?? '');
  if (!person) throw notLoggedIn();
  if (!mayAs(person, permission)) {
    await audit({ actor: person.user, action: 'refused', reason: permission, from: request.ip });
    throw new GreffierError('forbidden', `user ${person.user} may not ${permission}`, { status: 403 });
  }
  if (request.routeOptions.config.stepUp && !sessions.steppedUp(tokenOf(request)))
    throw new GreffierError('step-up-needed', 'give the second factor once more', {
      hint: 'POST /api/session/step-up',
      status: 403,
    });
  request.user = person.user;
  request.scope = person.clients;
}

/** Throws `forbidden`, audited, unless that person holds the permission: where the route alone cannot tell which it takes. */
export async function insistMay(
  { people, audit }: Pick<AccessParts, 'people' | 'audit'>,
  user: string,
  permission: Permission,
): Promise<void> {
  const person = await people.find(user);
  if (person && mayAs(person, permission)) return;
  await audit({ actor: user, action: 'refused', reason: permission });
  throw new GreffierError('forbidden', `user ${user} may not ${permission}`, { status: 403 });
}

/** Who asks. Throws `not-logged-in`. */
export async function whoAsks(
  request: FastifyRequest,
  { people, sessions }: Pick<AccessParts, 'people' | 'sessions'>,
): Promise<Person> {
  const person = await people.find(userOf(request, sessions) ?? '');
  if (!person) throw notLoggedIn();
  return person;
}

export function tokenOf(request: FastifyRequest): string {
  // A program that shows a token is that token, whatever cookies travel with it.
  return bearerOf(request) ? '' : (request.cookies[SESSION_COOKIE] ?? '');
}

/** Name of whoever's session it is. */
export function userOf(request: FastifyRequest, sessions: Sessions): string | undefined {
  const token = tokenOf(request);
  return token ? sessions.user(token) : undefined;
}

function notLoggedIn(): GreffierError {
  return new GreffierError('not-logged-in', 'nobody is logged in', { status: 401 });
}

// Requests of programs (RFC 6750). What a token may is decided here alone: its scope, the present rights and
// clients of whoever made it, reading only, and one client where it is kept to one.

import type { FastifyRequest } from 'fastify';
import type { Clock } from '../shared/clock.ts';
import { GreffierError } from '../shared/errors.ts';
import type { Attempts } from './attempts.ts';
import type { People } from './people.ts';
import { mayAs, type Permission } from './roles.ts';
import type { Token, Tokens } from './tokens.ts';

export interface BearerParts {
  tokens: Tokens;
  attempts: Attempts;
  clock: Clock;
  audit(entry: { actor: string; action: string; reason?: string; from?: string }): Promise<void>;
}

/** Requests a minute and token. */
const MOST_A_MINUTE = 600;
const MINUTE_MS = 60_000;
/** In memory: a restart forgets it, which no outsider can cause. */
const counted = new WeakMap<Tokens, Map<string, { since: number; requests: number }>>();

/** The secret that a request shows; undefined when it shows none. */
export function bearerOf({ headers }: Pick<FastifyRequest, 'headers'>): string | undefined {
  return /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
}

/** Lets a program pass. Throws `bad-token`, `forbidden` (audited), `too-many-attempts`. */
export async function guardBearer(
  request: FastifyRequest,
  permission: Permission,
  { people, ...parts }: BearerParts & { people: People },
): Promise<void> {
  const token = await known(request, parts);
  insistOnPace(token, parts);
  const maker = await people.find(token.madeBy);
  const scope = narrowed(maker?.clients, token.client);
  const permitted =
    (token.scopes as readonly Permission[]).includes(permission) &&
    maker !== undefined &&
    mayAs({ roles: maker.roles, clients: scope }, permission) &&
    request.method === 'GET' &&
    !request.routeOptions.config.stepUp;
  if (!permitted) {
    await parts.audit({
      actor: `token ${token.id}`,
      action: 'refused',
      reason: permission,
      from: request.ip,
    });
    throw new GreffierError('forbidden', `token ${token.id} may not ${permission} here`, { status: 403 });
  }
  request.user = `token ${token.id}`;
  request.scope = scope;
}

/** Of the clients that whoever made a token may see, the one that it is kept to; undefined for all. */
function narrowed(
  makers: readonly string[] | undefined,
  client: string | null,
): readonly string[] | undefined {
  if (client === null) return makers;
  return makers === undefined || makers.includes(client) ? [client] : [];
}

async function known(request: FastifyRequest, { tokens, attempts, audit }: BearerParts): Promise<Token> {
  const attempt = { user: 'token', address: request.ip };
  const token = tokens.use(bearerOf(request) ?? '');
  if (token) return token;
  // Only whoever guesses waits: a good token passes whatever others try.
  attempts.insist(attempt);
  attempts.failed(attempt);
  await audit({ actor: 'unknown', action: 'token-refused', from: request.ip });
  throw new GreffierError('bad-token', 'the token is not known, was revoked, or has expired', {
    status: 401,
  });
}

function insistOnPace({ id }: Token, { tokens, clock }: BearerParts): void {
  const counts = counted.get(tokens) ?? new Map();
  counted.set(tokens, counts);
  const now = clock().getTime();
  const before = counts.get(id);
  const count = before && now - before.since < MINUTE_MS ? before : { since: now, requests: 0 };
  count.requests += 1;
  counts.set(id, count);
  if (count.requests <= MOST_A_MINUTE) return;
  const seconds = Math.ceil((count.since + MINUTE_MS - now) / 1000);
  throw new GreffierError('too-many-attempts', `too many requests, try again in ${seconds} s`, {
    status: 429,
  });
}

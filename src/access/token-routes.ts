// Tokens over HTTP: made by people, for programs, with the second factor given once more. A token makes no token.

import Type, { type Static } from 'typebox';
import type { WebServer } from '../http/server.ts';
import { GreffierError } from '../shared/errors.ts';
import { moment, NOTHING } from '../shared/schema.ts';
import { madeTokenAnswer, tokensAnswer } from './answers.ts';
import type { AccessParts } from './guard.ts';
import { mayAs } from './roles.ts';
import { BY_CLIENT, SCOPES, type Scope } from './tokens.ts';

export interface TokenRoutes extends AccessParts {
  /** Clients of the site. */
  clients(): { id: string; name: string }[];
}

const closed = { additionalProperties: false };
const params = Type.Object({ id: Type.String({ maxLength: 64 }) }, closed);
const makeBody = Type.Object(
  {
    name: Type.String({ minLength: 2, maxLength: 60 }),
    scopes: Type.Array(Type.Enum([...SCOPES]), { minItems: 1, maxItems: SCOPES.length, uniqueItems: true }),
    /** Id of the only client whose data it reads; null for all. */
    client: Type.Union([Type.String({ maxLength: 64 }), Type.Null()]),
    expiresAt: moment,
  },
  closed,
);

/** Adds the routes of /api/tokens. */
export function tokenRoutes(server: WebServer, parts: TokenRoutes): void {
  const { tokens, people, audit, clients } = parts;
  const config = { access: 'tokens:manage' };
  const scopesOf = async (user: string) => {
    const person = (await people.find(user)) ?? { roles: [] };
    return SCOPES.filter((scope) => mayAs(person, scope));
  };

  server.get('/api/tokens', { config, schema: { response: tokensAnswer } }, async ({ user }) => ({
    tokens: tokens.list(),
    scopes: await scopesOf(user),
    byClient: BY_CLIENT,
    clients: clients().map(({ id, name }) => ({ id, name })),
  }));
  server.post(
    '/api/tokens',
    {
      config: {
        ...config,
        stepUp: true,
        errors: ['bad-expiry', 'not-by-client', 'too-many-tokens', 'not-yours-to-give', 'no-such-client'],
      },
      schema: { body: makeBody, response: madeTokenAnswer },
    },
    async (request, reply) => {
      const wish = request.body as Static<typeof makeBody>;
      insistOnOwn(wish.scopes, await scopesOf(request.user));
      insistOnClient(wish.client, clients());
      const reason = `${wish.scopes.join(', ')}${wish.client === null ? '' : ` of ${wish.client}`}, until ${wish.expiresAt}`;
      await audit({
        actor: request.user,
        action: 'token-made',
        subject: wish.name,
        reason,
        from: request.ip,
      });
      return reply.code(201).send(tokens.make({ ...wish, madeBy: request.user }));
    },
  );
  server.delete(
    '/api/tokens/:id',
    { config: { ...config, errors: ['no-such-token'] }, schema: { params, response: NOTHING } },
    async (request, reply) => {
      const { id, name } = tokens.one((request.params as Static<typeof params>).id);
      await audit({
        actor: request.user,
        action: 'token-revoked',
        subject: name,
        reason: id,
        from: request.ip,
      });
      tokens.revoke(id);
      return reply.code(204).send();
    },
  );
}

/** Throws `not-yours-to-give`: nobody gives a program what is not theirs. */
export function insistOnOwn(wished: readonly Scope[], own: readonly Scope[]): void {
  const others = wished.filter((scope) => !own.includes(scope));
  if (others.length === 0) return;
  throw new GreffierError('not-yours-to-give', `your roles do not have ${others.join(', ')}`, {
    hint: own.length ? `you can give ${own.join(', ')}` : 'ask somebody whose role has it',
    status: 403,
  });
}

/** Throws `no-such-client`. */
export function insistOnClient(client: string | null, clients: { id: string }[]): void {
  if (client === null || clients.some(({ id }) => id === client)) return;
  throw new GreffierError('no-such-client', `no client ${client.slice(0, 64)}`, { status: 404 });
}

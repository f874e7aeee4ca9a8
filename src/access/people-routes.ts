// Looking after who may log in. Nobody changes the own roles, and what is changed ends the person's sessions.

import Type, { type Static } from 'typebox';
import type { WebServer } from '../http/server.ts';
import { GreffierError } from '../shared/errors.ts';
import { NOTHING } from '../shared/schema.ts';
import { peopleAnswer, tokenAnswer } from './answers.ts';
import type { AccessParts } from './guard.ts';
import { insistOnName, insistOnRoles } from './person.ts';
import { ROLES } from './roles.ts';
import { insistOnClient } from './token-routes.ts';

const closed = { additionalProperties: false };
const roles = Type.Array(Type.Enum([...ROLES]), { minItems: 1, maxItems: ROLES.length, uniqueItems: true });
const user = Type.String({ minLength: 2, maxLength: 32 });
const clients = Type.Array(Type.String({ minLength: 1, maxLength: 64 }), {
  minItems: 1,
  maxItems: 500,
  uniqueItems: true,
});
const inviteBody = Type.Object({ user, roles, clients: Type.Optional(clients) }, closed);
/** Null for all clients. */
const limitBody = Type.Object({ clients: Type.Union([clients, Type.Null()]) }, closed);
const rolesBody = Type.Object({ roles }, closed);
const params = Type.Object({ user }, closed);

type Params = Static<typeof params>;

/** What the routes need besides: the clients of the settings. */
export interface PeopleParts extends AccessParts {
  clients(): { id: string; name: string }[];
}

/** Adds the routes of /api/people. */
export function peopleRoutes(server: WebServer, parts: PeopleParts): void {
  const { people, sessions, invitations, audit } = parts;
  const manage = (...errors: string[]) => ({ access: 'people:manage', stepUp: true, errors });
  const notOneself = (asking: string, whom: string) => {
    if (asking !== whom) return;
    throw new GreffierError('not-oneself', 'nobody changes the own access', {
      hint: 'ask another IT admin, or use greffier users on the machine',
      status: 409,
    });
  };

  server.get(
    '/api/people',
    { config: { access: 'people:read' }, schema: { response: peopleAnswer } },
    async () => ({
      people: await people.list(),
      clients: parts.clients().map(({ id, name }) => ({ id, name })),
    }),
  );
  server.post(
    '/api/people',
    {
      config: manage('bad-user', 'user-exists', 'no-such-client'),
      schema: { body: inviteBody, response: tokenAnswer },
    },
    async (request, reply) => {
      const wish = request.body as Static<typeof inviteBody>;
      insistOnName(wish.user);
      insistOnRoles(wish.roles);
      for (const client of wish.clients ?? []) insistOnClient(client, parts.clients());
      const limit = wish.clients ? ` (${wish.clients.join(', ')})` : '';
      const reason = `${wish.user}: ${wish.roles.join(', ')}${limit}`;
      await audit({ actor: request.user, action: 'user-invited', reason, from: request.ip });
      return reply.code(201).send({ token: await invitations.invite(wish.user, wish.roles, wish.clients) });
    },
  );
  server.post(
    '/api/people/:user/invitation',
    { config: manage('not-oneself', 'no-such-user'), schema: { params, response: tokenAnswer } },
    async (request, reply) => {
      const { user } = request.params as Params;
      notOneself(request.user, user);
      await audit({ actor: request.user, action: 'user-reset', reason: user, from: request.ip });
      const token = await invitations.inviteAnew(user);
      sessions.endAll(user);
      return reply.code(201).send({ token });
    },
  );
  server.put(
    '/api/people/:user/roles',
    { config: manage('not-oneself', 'no-such-user'), schema: { params, body: rolesBody, response: NOTHING } },
    async (request, reply) => {
      const { user } = request.params as Params;
      const { roles } = request.body as Static<typeof rolesBody>;
      notOneself(request.user, user);
      const reason = `${user}: ${roles.join(', ')}`;
      await audit({ actor: request.user, action: 'user-roles', reason, from: request.ip });
      await people.change(user, () => ({ roles }));
      sessions.endAll(user);
      return reply.code(204).send();
    },
  );
  server.put(
    '/api/people/:user/clients',
    {
      config: manage('not-oneself', 'no-such-user', 'no-such-client'),
      schema: { params, body: limitBody, response: NOTHING },
    },
    async (request, reply) => {
      const { user } = request.params as Params;
      const { clients } = request.body as Static<typeof limitBody>;
      notOneself(request.user, user);
      for (const client of clients ?? []) insistOnClient(client, parts.clients());
      const reason = `${user}: ${clients?.join(', ') ?? 'all clients'}`;
      await audit({ actor: request.user, action: 'user-limited', reason, from: request.ip });
      await people.change(user, () => ({ clients: clients ?? undefined }));
      // What is open may tell of clients that are no longer theirs.
      sessions.endAll(user);
      return reply.code(204).send();
    },
  );
  server.delete(
    '/api/people/:user',
    { config: manage('not-oneself', 'no-such-user'), schema: { params, response: NOTHING } },
    async (request, reply) => {
      const { user } = request.params as Params;
      notOneself(request.user, user);
      await audit({ actor: request.user, action: 'user-removed', reason: user, from: request.ip });
      await people.remove(user);
      sessions.endAll(user);
      return reply.code(204).send();
    },
  );
}

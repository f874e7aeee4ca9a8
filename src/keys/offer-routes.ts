// The first recovery key, and the keys of groups, over HTTP. They are made in a browser; what comes here are public keys
// and messages to personal keys, and of those only what is public can be checked.

import Type, { type Static } from 'typebox';
import type { WebServer } from '../http/server.ts';
import { fromBase64 } from '../shared/packets.ts';
import { NOTHING } from '../shared/schema.ts';
import { groupsAnswer, offeredAnswer, setupAnswer } from './offer-answers.ts';

/** What the routes need of the rest of the program. */
export interface OfferRoutes {
  setup(): Promise<object>;
  /** Throws `unfit-key`, `key-in-force`. */
  offerRecovery(user: string, armored: string): Promise<string>;
  groups(): Promise<object>;
  makeGroup(
    user: string,
    group: string,
    key: { armored: string; wrapped: Uint8Array; members: { user: string; fingerprint: string }[] },
  ): Promise<string>;
  addMember(
    user: string,
    group: string,
    member: { key: string; user: string; fingerprint: string; packet: Uint8Array },
  ): Promise<void>;
  removeMember(user: string, group: string, member: string): Promise<void>;
}

const closed = { additionalProperties: false };
const hex = Type.String({ pattern: '^[0-9a-f]{40}$' });
const name = Type.String({ minLength: 1, maxLength: 64 });
const armored = Type.String({ minLength: 1, maxLength: 20_000 });
const base64 = Type.String({ minLength: 1, maxLength: 40_000, pattern: '^[A-Za-z0-9+/]+={0,2}$' });
const recoveryBody = Type.Object({ armored }, closed);
const groupParams = Type.Object({ group: name }, closed);
const memberParams = Type.Object({ group: name, user: name }, closed);
const who = { user: name, fingerprint: hex };
const groupBody = Type.Object(
  {
    armored,
    wrapped: base64,
    members: Type.Array(Type.Object(who, closed), { minItems: 1, maxItems: 50 }),
  },
  closed,
);
const memberBody = Type.Object({ key: hex, ...who, packet: base64 }, closed);
const OFFER = ['unfit-key', 'key-in-force'];
const WRAP = ['no-such-group', 'not-entitled', 'personal-key-changed', 'bad-wrapped-key', 'bad-packet'];

/** Adds the routes of /api/keys that put a key in force or share one. Each change needs the second factor once more. */
export function offerRoutes(server: WebServer, keys: OfferRoutes): void {
  const recovery = { access: 'keys:recovery' };
  const share = { access: 'keys:share', stepUp: true };

  server.get('/api/keys/setup', { config: recovery, schema: { response: setupAnswer } }, () => keys.setup());

  server.post(
    '/api/keys/recovery',
    {
      config: { ...recovery, stepUp: true, errors: OFFER },
      schema: { body: recoveryBody, response: offeredAnswer },
    },
    async ({ user, body }, reply) => {
      const { armored } = body as Static<typeof recoveryBody>;
      return reply.code(202).send({ fingerprint: await keys.offerRecovery(user, armored) });
    },
  );

  server.get(
    '/api/keys/groups',
    { config: { access: 'keys:read' }, schema: { response: groupsAnswer } },
    () => keys.groups(),
  );

  server.post(
    '/api/keys/groups/:group',
    {
      config: { ...share, errors: [...OFFER, ...WRAP] },
      schema: { params: groupParams, body: groupBody, response: offeredAnswer },
    },
    async ({ user, params, body }, reply) => {
      const { group } = params as Static<typeof groupParams>;
      const { wrapped, ...key } = body as Static<typeof groupBody>;
      const made = { ...key, wrapped: fromBase64(wrapped) };
      return reply.code(202).send({ fingerprint: await keys.makeGroup(user, group, made) });
    },
  );

  server.post(
    '/api/keys/groups/:group/members',
    {
      config: { ...share, errors: [...WRAP, 'not-a-member', 'no-such-key', 'busy'] },
      schema: { params: groupParams, body: memberBody, response: NOTHING },
    },
    async ({ user, params, body }, reply) => {
      const { group } = params as Static<typeof groupParams>;
      const { packet, ...member } = body as Static<typeof memberBody>;
      await keys.addMember(user, group, { ...member, packet: fromBase64(packet) });
      return reply.code(204).send();
    },
  );

  server.delete(
    '/api/keys/groups/:group/members/:user',
    {
      config: { ...share, errors: ['no-such-group', 'no-such-member', 'last-member', 'busy'] },
      schema: { params: memberParams, response: NOTHING },
    },
    async ({ user, params }, reply) => {
      const { group, user: member } = params as Static<typeof memberParams>;
      await keys.removeMember(user, group, member);
      return reply.code(204).send();
    },
  );
}

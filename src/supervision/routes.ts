// A supervisor's sessions: begin one, change its mode, end it. The phone rings after the reason is given; nothing is heard
// before it is in the audit log (C13, C30).

import Type, { type Static } from 'typebox';
import type { WebServer } from '../http/server.ts';
import { NOTHING } from '../shared/schema.ts';
import { begunAnswer, changedAnswer, sessionsAnswer } from './answers.ts';
import { REFUSALS, type WishedSession } from './refusal.ts';
import { MODES, type Mode } from './rules.ts';
import { modeOf, type Session } from './session.ts';

export interface SupervisionRoutes {
  reasons: readonly string[];
  /** Throws for words that name somebody, and for "other" without words. */
  insistOnReason(code: string, words: string): void;
  start(user: string, wish: WishedSession): Promise<Session>;
  change(user: string, id: string, mode: Mode): Promise<Session>;
  stop(user: string, id: string): Promise<void>;
  sessionsOf(user: string): Promise<Session[]>;
}

const closed = { additionalProperties: false };
const extension = Type.String({ pattern: '^[0-9]{2,6}$' });
const mode = Type.Enum([...MODES]);
const params = Type.Object({ id: Type.String({ maxLength: 64 }) }, closed);
const change = Type.Object({ mode }, closed);

/** Adds the routes of /api/supervision/sessions. */
export function supervisionRoutes(server: WebServer, parts: SupervisionRoutes): void {
  const config = { access: 'supervision:join' };
  const wish = Type.Object(
    {
      extension,
      mode,
      code: Type.Enum([...parts.reasons]),
      reason: Type.Optional(Type.String({ maxLength: 500 })),
      phone: Type.Optional(extension),
    },
    closed,
  );
  const path = '/api/supervision/sessions';

  server.get(path, { config, schema: { response: sessionsAnswer } }, async (request) => ({
    sessions: (await parts.sessionsOf(request.user)).map(shown),
  }));
  server.post(
    path,
    {
      config: { ...config, errors: [...REFUSALS, 'no-reason', 'personal-reason'] },
      schema: { body: wish, response: begunAnswer },
    },
    async (request, reply) => {
      const { code, reason = '', ...rest } = request.body as Static<typeof wish>;
      parts.insistOnReason(code, reason);
      const session = await parts.start(request.user, { ...rest, code, words: reason.trim() });
      return reply.code(201).send(shown(session));
    },
  );
  server.patch(
    `${path}/:id`,
    {
      config: { ...config, errors: [...REFUSALS, 'no-such-session'] },
      schema: { params, body: change, response: changedAnswer },
    },
    async (request) => {
      const { id } = request.params as Static<typeof params>;
      return shown(await parts.change(request.user, id, (request.body as Static<typeof change>).mode));
    },
  );
  server.delete(
    `${path}/:id`,
    { config: { ...config, errors: ['no-such-session'] }, schema: { params, response: NOTHING } },
    async (request, reply) => {
      await parts.stop(request.user, (request.params as Static<typeof params>).id);
      return reply.code(204).send();
    },
  );
}

function shown(session: Session) {
  const { id, agent, extension: phone, turns } = session;
  const state = session.state === 'running' ? 'running' : 'ringing';
  return { id, extension: agent, phone, mode: modeOf(session), state, startedAt: turns[0]?.at ?? null };
}

// What leaves the box of an incident: the draft of the notice to the authority, and the package.

import Type, { type Static } from 'typebox';
import type { WebServer } from '../http/server.ts';
import {
  type Packed,
  packedAnswer,
  sendTar,
  type TakeOut,
  type TicketQuery,
  tarAnswer,
  ticketQuery,
} from '../shared/handout.ts';
import { bytesOf } from '../shared/schema.ts';
import { params } from './routes.ts';

const MARKDOWN = 'text/markdown';
const noticeQuery = Type.Object({ language: Type.Enum(['fr', 'en']) }, { additionalProperties: false });
type Params = Static<typeof params>;

export interface IncidentHandingRoutes {
  /** The draft in that language, in Markdown, with the figures of now. Throws `no-such-incident`, `catalogue-stale`. */
  notice(id: string, language: 'fr' | 'en'): Promise<string>;
  /** Makes the package; that it is made is in the audit log first. */
  pack(user: string, id: string): Promise<Packed>;
  takeOut(id: string): TakeOut;
}

/** Adds GET /api/incidents/:id/notice, and /api/incidents/:id/package. */
export function incidentHandingRoutes(server: WebServer, parts: IncidentHandingRoutes): void {
  const access = 'incident:work';
  const address = '/api/incidents/:id/package';
  server.get(
    '/api/incidents/:id/notice',
    {
      config: { access, errors: ['no-such-incident'] },
      schema: { params, querystring: noticeQuery, response: bytesOf(MARKDOWN) },
    },
    async (request, reply) => {
      const { id } = request.params as Params;
      const { language } = request.query as Static<typeof noticeQuery>;
      const text = await parts.notice(id, language);
      reply.header('content-disposition', `attachment; filename="incident-${id}-${language}.md"`);
      return reply.type(`${MARKDOWN}; charset=utf-8`).send(text);
    },
  );
  server.post(
    address,
    {
      config: { access, stepUp: true, errors: ['no-such-incident'] },
      schema: { params, response: packedAnswer },
    },
    async ({ user, params: named }, reply) =>
      reply.code(201).send(await parts.pack(user, (named as Params).id)),
  );
  server.get(
    address,
    {
      config: { access, errors: ['no-such-package'] },
      schema: { params, querystring: ticketQuery, response: tarAnswer },
    },
    async ({ user, params: named, query }, reply) => {
      const take = parts.takeOut((named as Params).id);
      return sendTar(reply, await take((query as TicketQuery).ticket, user));
    },
  );
}

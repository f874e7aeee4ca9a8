// What leaves the rights desk: the draft of the answer, and the package for the person.

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
import {
  type LetterQuery,
  letterQuery,
  type PackageBody,
  type Params,
  packageBody,
  params,
} from './bodies.ts';

const MARKDOWN = 'text/markdown';

export interface HandingRoutes {
  /** The draft in that language, in Markdown. Throws `no-such-request`. */
  letter(id: string, language: 'fr' | 'en'): Promise<string>;
  /** Makes the package for the person; that it is made is in the audit log first. */
  pack(user: string, id: string, withhold: Record<string, string>): Promise<Packed>;
  takeOut(id: string): TakeOut;
}

/** Adds GET /api/rights/:id/letter, and /api/rights/:id/package. */
export function rightsHandingRoutes(server: WebServer, { letter, pack, takeOut }: HandingRoutes): void {
  const address = '/api/rights/:id/package';
  server.get(
    '/api/rights/:id/letter',
    {
      config: { access: 'rights:read', errors: ['no-such-request'] },
      schema: { params, querystring: letterQuery, response: bytesOf(MARKDOWN) },
    },
    async (request, reply) => {
      const { id } = request.params as Params;
      const { language } = request.query as LetterQuery;
      const text = await letter(id, language);
      reply.header('content-disposition', `attachment; filename="request-${id}-${language}.md"`);
      return reply.type(`${MARKDOWN}; charset=utf-8`).send(text);
    },
  );
  server.post(
    address,
    {
      config: {
        access: 'rights:work',
        stepUp: true,
        errors: ['no-such-request', 'request-closed', 'wrong-kind', 'not-identified', 'recording-not-found'],
      },
      schema: { params, body: packageBody, response: packedAnswer },
    },
    async ({ user, params: named, body }, reply) => {
      const { withhold = {} } = body as PackageBody;
      return reply.code(201).send(await pack(user, (named as Params).id, withhold));
    },
  );
  server.get(
    address,
    {
      config: { access: 'rights:work', errors: ['no-such-package'] },
      schema: { params, querystring: ticketQuery, response: tarAnswer },
    },
    async ({ user, params: named, query }, reply) => {
      const take = takeOut((named as Params).id);
      return sendTar(reply, await take((query as TicketQuery).ticket, user));
    },
  );
}

// Who listened: to my own calls, for whoever has an extension; and the month's figures, for those who watch over it.

import Type, { type Static } from 'typebox';
import type { WebServer } from '../http/server.ts';
import { listensAnswer, reportAnswer } from './answers.ts';
import type { Listen } from './listens.ts';
import type { Report } from './report.ts';

export interface TransparencyRoutes {
  /** Newest first. */
  listensOf(user: string): Promise<Listen[]>;
  report(month: string | undefined): Promise<Report>;
}

const MOST = 500;
const query = Type.Object(
  { month: Type.Optional(Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])$' })) },
  { additionalProperties: false },
);

/** Adds GET /api/listens/mine and /api/transparency. */
export function transparencyRoutes(server: WebServer, { listensOf, report }: TransparencyRoutes): void {
  server.get(
    '/api/listens/mine',
    { config: { access: 'listens:own' }, schema: { response: listensAnswer } },
    async (request) => {
      const all = await listensOf(request.user);
      return { listens: all.slice(0, MOST), total: all.length };
    },
  );
  server.get(
    '/api/transparency',
    { config: { access: 'listens:report' }, schema: { querystring: query, response: reportAnswer } },
    (request) => report((request.query as Static<typeof query>).month),
  );
}

// A call as a vCon over HTTP.

import Type, { type Static } from 'typebox';
import type { WebServer } from '../http/server.ts';
import { type Vcon, vconSchema } from './vcon.ts';

export interface CallsRoutes {
  /** Throws `call-not-found`. @param client the only client whose calls are told of; null for all */
  vcon(id: string, client: string | null): Promise<Vcon>;
}

const params = Type.Object({ id: Type.String({ maxLength: 64 }) }, { additionalProperties: false });

/** Adds GET /api/calls/:id/vcon. */
export function callsRoutes(server: WebServer, { vcon }: CallsRoutes): void {
  server.get(
    '/api/calls/:id/vcon',
    {
      config: { access: 'recordings:list', byClient: true, errors: ['call-not-found'] },
      schema: { params, response: { 200: vconSchema } },
    },
    (request) => vcon((request.params as Static<typeof params>).id, request.client),
  );
}

// A call as a vCon over HTTP.

import Type, { type Static } from 'typebox';
import type { WebServer } from '../http/server.ts';
import type { Asking } from '../shared/asking.ts';
import { type Vcon, vconSchema } from './vcon.ts';

export interface CallsRoutes {
  /** Of a call that whoever asks may see. Throws `call-not-found`. */
  vcon(id: string, asking: Asking): Promise<Vcon>;
}

const params = Type.Object({ id: Type.String({ maxLength: 64 }) }, { additionalProperties: false });

/** Adds GET /api/calls/:id/vcon. */
export function callsRoutes(server: WebServer, { vcon }: CallsRoutes): void {
  server.get(
    '/api/calls/:id/vcon',
    {
      config: { access: 'recordings:list', errors: ['call-not-found'] },
      schema: { params, response: { 200: vconSchema } },
    },
    (request) => vcon((request.params as Static<typeof params>).id, request),
  );
}

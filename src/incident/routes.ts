// Incidents over HTTP.

import Type, { type Static } from 'typebox';
import type { WebServer } from '../http/server.ts';
import { incidentAnswer, incidentsAnswer, openedAnswer } from './answers.ts';
import { clockOf, type Incident } from './incident.ts';

const closed = { additionalProperties: false };
const moment = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$' });
export const params = Type.Object({ id: Type.String({ pattern: '^\\d{4}-\\d{4,6}$' }) }, closed);
const openBody = Type.Object(
  {
    reason: Type.String({ minLength: 3, maxLength: 500 }),
    awareAt: Type.Optional(moment),
    since: Type.Optional(moment),
    until: Type.Optional(moment),
    madeSince: Type.Optional(moment),
    madeUntil: Type.Optional(moment),
    client: Type.Optional(Type.String({ maxLength: 64 })),
    line: Type.Optional(Type.String({ maxLength: 20 })),
    extension: Type.Optional(Type.String({ pattern: '^[0-9]{2,6}$' })),
    recordings: Type.Optional(Type.Array(Type.String({ maxLength: 64 }), { maxItems: 500 })),
  },
  closed,
);
const notifiedBody = Type.Object(
  { at: moment, reference: Type.String({ minLength: 1, maxLength: 200 }) },
  closed,
);
const closeBody = Type.Object({ note: Type.String({ minLength: 3, maxLength: 2_000 }) }, closed);

type Params = Static<typeof params>;
export type OpenBody = Static<typeof openBody>;
export type NotifiedBody = Static<typeof notifiedBody>;

/** What the routes need of the rest of the program. */
export interface IncidentRoutes {
  now(): Date;
  list(): Promise<Incident[]>;
  show(id: string): Promise<Incident>;
  open(user: string, body: OpenBody): Promise<Incident>;
  notified(user: string, id: string, body: NotifiedBody): Promise<Incident>;
  close(user: string, id: string, note: string): Promise<Incident>;
}

/** Adds the routes of /api/incidents. */
export function incidentRoutes(server: WebServer, incidents: IncidentRoutes): void {
  const config = { access: 'incident:work' };
  const shown = ({ checkpoint: _, ...incident }: Incident) => ({
    ...incident,
    clock: clockOf({ ...incident, checkpoint: _ }, incidents.now()),
  });

  server.get('/api/incidents', { config, schema: { response: incidentsAnswer } }, async () => ({
    incidents: (await incidents.list()).map(shown),
  }));
  server.get(
    '/api/incidents/:id',
    { config: { ...config, errors: ['no-such-incident'] }, schema: { params, response: incidentAnswer } },
    async (request) => shown(await incidents.show((request.params as Params).id)),
  );
  server.post(
    '/api/incidents',
    {
      config: { ...config, errors: ['bad-moment', 'bad-scope', 'no-reason'] },
      schema: { body: openBody, response: openedAnswer },
    },
    async ({ user, body }, reply) =>
      reply.code(201).send(shown(await incidents.open(user, body as OpenBody))),
  );
  server.post(
    '/api/incidents/:id/notified',
    {
      config: { ...config, errors: ['no-such-incident', 'notified-before', 'bad-moment', 'busy'] },
      schema: { params, body: notifiedBody, response: incidentAnswer },
    },
    async ({ user, params: named, body }) =>
      shown(await incidents.notified(user, (named as Params).id, body as NotifiedBody)),
  );
  server.post(
    '/api/incidents/:id/close',
    {
      config: { ...config, errors: ['no-such-incident', 'incident-closed', 'no-text', 'busy'] },
      schema: { params, body: closeBody, response: incidentAnswer },
    },
    async ({ user, params: named, body }) =>
      shown(await incidents.close(user, (named as Params).id, (body as Static<typeof closeBody>).note)),
  );
}

// The log over HTTP, for whoever watches over it.

import Type, { type Static } from 'typebox';
import type { WebServer } from '../http/server.ts';
import { GreffierError } from '../shared/errors.ts';
import {
  type Packed,
  packedAnswer,
  sendTar,
  type TakeOut,
  type TicketQuery,
  tarAnswer,
  ticketQuery,
} from '../shared/handout.ts';
import { startOfDay } from '../shared/wall-clock.ts';
import { entriesAnswer, entriesQuery, exportBody, hashesAnswer, stateAnswer } from './answers.ts';
import { readCheckpoint } from './checkpoint.ts';
import { leafOf } from './entry.ts';
import type { AuditJournal } from './journal.ts';
import { leafHash } from './merkle.ts';

export interface AuditRoutes {
  audit: AuditJournal;
  timezone: string;
  /** Of the key that signs checkpoints. */
  fingerprint: string;
  witnesses(): Promise<{ witnesses: object[] }>;
  /** Makes the package of the whole log; that it is made is in the log first. */
  exportFor(user: string, reason: string): Promise<Packed>;
  takeOut: TakeOut;
}

const params = Type.Object({ index: Type.Integer({ minimum: 0 }) }, { additionalProperties: false });

/** Adds the routes of /api/audit. */
export function auditRoutes(server: WebServer, parts: AuditRoutes): void {
  const { audit, timezone, fingerprint, witnesses, exportFor, takeOut } = parts;
  const config = { access: 'audit:read' };
  server.get(
    '/api/audit',
    {
      config: { ...config, errors: ['bad-date'] },
      schema: { querystring: entriesQuery, response: entriesAnswer },
    },
    async (request) => {
      const { limit = 50, from, to, ...asked } = request.query as Static<typeof entriesQuery>;
      const since = from === undefined ? undefined : beginOf(from, 0, timezone);
      const until = to === undefined ? undefined : beginOf(to, 1, timezone);
      return audit.page({ ...asked, limit, ...(since && { since }), ...(until && { until }) });
    },
  );
  server.get('/api/audit/state', { config, schema: { response: stateAnswer } }, async () => {
    const { size, root, text } = await audit.checkpoint();
    return {
      size,
      root,
      checkpoint: text,
      takenAt: readCheckpoint(text)?.time ?? '',
      fingerprint,
      begins: await audit.beginning(),
      frozen: (await audit.frozen()) ?? null,
      witnesses: (await witnesses()).witnesses,
    };
  });
  server.get(
    '/api/audit/entries/:index/hashes',
    { config: { ...config, errors: ['no-such-entry'] }, schema: { params, response: hashesAnswer } },
    async (request) => {
      const { index } = request.params as Static<typeof params>;
      const line = await audit.line(index);
      if (!line) throw new GreffierError('no-such-entry', `there is no entry ${index}`, { status: 404 });
      const leaf = leafHash(line.leaf).toString('hex');
      return { index, leaf, payload: leafOf(line.leaf)?.payload ?? '' };
    },
  );
  server.post(
    '/api/audit/export',
    { config: { ...config, stepUp: true }, schema: { body: exportBody, response: packedAnswer } },
    async ({ user, body }, reply) =>
      reply.code(201).send(await exportFor(user, (body as Static<typeof exportBody>).reason)),
  );
  server.get(
    '/api/audit/export',
    {
      config: { ...config, errors: ['no-such-package'] },
      schema: { querystring: ticketQuery, response: tarAnswer },
    },
    async ({ user, query }, reply) => sendTar(reply, await takeOut((query as TicketQuery).ticket, user)),
  );
}

function beginOf(day: string, plusDays: number, timezone: string): string {
  const moment = startOfDay(day, plusDays, timezone);
  if (moment) return moment;
  throw new GreffierError('bad-date', `the calendar has no ${day}`, { status: 400 });
}

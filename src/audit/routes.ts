// The log over HTTP, for whoever watches over it.

import Type, { type Static } from 'typebox';
import type { WebServer } from '../http/server.ts';
import { entriesAnswer, stateAnswer } from './answers.ts';
import type { AuditEntry, AuditJournal } from './journal.ts';

const closed = { additionalProperties: false };
const word = Type.Optional(Type.String({ maxLength: 64 }));
const query = Type.Object(
  {
    /** Entries before that place in the log. */
    before: Type.Optional(Type.Integer({ minimum: 0 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
    actor: word,
    action: word,
    recording: word,
    subject: word,
  },
  closed,
);
const FILTERS = ['actor', 'action', 'recording', 'subject'] as const;

/** Adds the routes of /api/audit. */
export function auditRoutes(server: WebServer, { audit }: { audit: AuditJournal }): void {
  const config = { access: 'audit:read' };
  server.get(
    '/api/audit',
    { config, schema: { querystring: query, response: entriesAnswer } },
    async (request) => {
      const { before, limit = 50, ...filter } = request.query as Static<typeof query>;
      const fits = (entry: AuditEntry) =>
        (before === undefined || (entry.index ?? 0) < before) &&
        FILTERS.every((name) => filter[name] === undefined || entry[name] === filter[name]);
      const found = (await audit.entries()).filter(fits).reverse();
      const page = found.slice(0, limit);
      return { entries: page, next: found.length > limit ? (page.at(-1)?.index ?? null) : null };
    },
  );
  server.get('/api/audit/state', { config, schema: { response: stateAnswer } }, async () => {
    const { size, root, text } = await audit.checkpoint();
    return {
      size,
      root,
      checkpoint: text,
      begins: await audit.beginning(),
      frozen: (await audit.frozen()) ?? null,
    };
  });
}

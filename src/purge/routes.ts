// What goes when: the days to come, and the recordings of each page (C23).

import Type, { type Static } from 'typebox';
import type { WebServer } from '../http/server.ts';
import { previewAnswer } from './answers.ts';

export interface RetentionRoutes {
  /** What goes before that moment, a page at a time. `after` is the cursor of the page before. */
  going(before: string, limit: number, after?: { goes_at: string; id: string }): Going[];
  /** How many go, and how many bytes, on each day (UTC) before that one. */
  byDay(before: string): { day: string; recordings: number; bytes: number }[];
  /** What time it is, as far as destruction goes. */
  now(): Promise<{ at: Date; suspended: object | null }>;
}

/** A row of the index, as far as it is told here. */
export interface Going {
  id: string;
  goes_at: string;
  due_at: string;
  held_until: string | null;
  purpose: string;
  line_name: string;
  bytes: number;
}

const DAY_MS = 86_400_000;
const query = Type.Object(
  {
    days: Type.Optional(Type.Integer({ minimum: 1, maximum: 3_660 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
    cursor: Type.Optional(Type.String({ pattern: '^[0-9TZ:.-]{24}_[0-9a-f-]{36}$' })),
  },
  { additionalProperties: false },
);

/** Adds GET /api/retention/preview. */
export function retentionRoutes(server: WebServer, { going, byDay, now }: RetentionRoutes): void {
  const config = { access: 'retention:read' };
  server.get(
    '/api/retention/preview',
    { config, schema: { querystring: query, response: previewAnswer } },
    async (request) => {
      const { days = 30, limit = 50, cursor } = request.query as Static<typeof query>;
      const { at, suspended } = await now();
      const before = new Date(at.getTime() + days * DAY_MS).toISOString();
      const [goes_at = '', id = ''] = cursor?.split('_') ?? [];
      const rows = going(before, limit + 1, cursor ? { goes_at, id } : undefined);
      const page = rows.slice(0, limit);
      const last = rows.length > limit ? page.at(-1) : undefined;
      return {
        at: at.toISOString(),
        suspended,
        days: cursor ? [] : byDay(before),
        recordings: page.map((row) => ({
          id: row.id,
          goesAt: row.goes_at,
          dueAt: row.due_at,
          heldUntil: row.held_until,
          purpose: row.purpose,
          line: row.line_name,
          bytes: row.bytes,
        })),
        next: last ? `${last.goes_at}_${last.id}` : null,
      };
    },
  );
}

// The list of calls over HTTP, recorded or not and why (promise 6): a page at a time, and whole for a spreadsheet. A number
// is no part of an address; its fingerprint is (ADR 0025).

import { Readable } from 'node:stream';
import Type, { type Static } from 'typebox';
import type { WebServer } from '../http/server.ts';
import type { Asking } from '../shared/asking.ts';
import { csvLine } from '../shared/csv.ts';
import { bytesOf, closed, flag, next, orNull, text } from '../shared/schema.ts';
import { DISPOSITIONS } from './disposition.ts';

const callFields = {
  id: text,
  arrivedAt: text,
  /** Null when nobody answered. */
  answeredAt: orNull(text),
  endedAt: orNull(text),
  direction: text,
  client: text,
  line: closed({ did: text, name: text }),
  /** Empty for a call that waited in none. */
  queue: text,
  policy: text,
  /** Never more of a number than this (C19). */
  outside: closed({ last4: text }),
  extension: text,
  waitingSeconds: orNull(Type.Number({ minimum: 0 })),
  disposition: text,
  consent: text,
  /** An announcement was heard to its end. */
  announced: flag,
  recorded: flag,
  /** Why it was not recorded; null when it was. */
  reason: orNull(text),
};
const callAnswer = closed(callFields);
export type ListedCall = Static<typeof callAnswer>;

const optional = Type.Optional;
const id = optional(Type.String({ minLength: 1, maxLength: 64 }));
const day = optional(Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$' }));
const filterFields = {
  /** Days of the site's calendar, both included. */
  from: day,
  to: day,
  client: id,
  line: id,
  queue: id,
  /** Fingerprint of a number (POST /api/recordings/parties). */
  party: optional(Type.String({ pattern: '^[0-9a-f]{64}$' })),
  direction: optional(Type.Enum(['inbound', 'outbound', 'internal'])),
  disposition: optional(Type.Enum([...DISPOSITIONS])),
  recorded: optional(Type.Boolean()),
  /** Why it was not recorded. */
  reason: id,
};
const filterQuery = Type.Object(filterFields, { additionalProperties: false });
export type CallsQuery = Static<typeof filterQuery>;
const listQuery = Type.Object(
  {
    cursor: optional(Type.String({ maxLength: 200 })),
    limit: optional(Type.Integer({ minimum: 1, maximum: 200 })),
    ...filterFields,
  },
  { additionalProperties: false },
);
const callsAnswer = {
  200: closed({
    calls: Type.Array(callAnswer),
    next,
    /** Arrival of the last call that was looked at, when the search stopped on its way. */
    searchedTo: optional(text),
  }),
};

export interface CallsPage {
  calls: ListedCall[];
  next: string | null;
  searchedTo?: string;
}

export interface CallsListRoutes {
  /** Of the clients that whoever asks may see. Throws `bad-cursor`, `bad-date`. */
  page(query: Static<typeof listQuery>, asking: Asking): Promise<CallsPage>;
  /** All that fit, newest first, a page at a time: in the audit log before the first of them. Throws `bad-date`. */
  all(query: CallsQuery, asking: Asking): Promise<AsyncIterable<ListedCall[]>>;
}

/** Adds GET /api/calls and /api/calls/table.csv. */
export function callsListRoutes(server: WebServer, { page, all }: CallsListRoutes): void {
  const access = 'recordings:list';
  server.get(
    '/api/calls',
    {
      config: { access, errors: ['bad-cursor', 'bad-date'] },
      schema: { querystring: listQuery, response: callsAnswer },
    },
    (request) => page(request.query as Static<typeof listQuery>, request),
  );
  server.get(
    '/api/calls/table.csv',
    {
      config: { access, errors: ['bad-date'] },
      schema: { querystring: filterQuery, response: bytesOf('text/csv') },
    },
    async (request, reply) => {
      const pages = await all(request.query as CallsQuery, request);
      reply.header('content-disposition', 'attachment; filename="calls.csv"');
      return reply.type('text/csv; charset=utf-8').send(Readable.from(csvOf(pages)));
    },
  );
}

async function* csvOf(pages: AsyncIterable<ListedCall[]>): AsyncGenerator<string> {
  const { line, outside, ...plain } = callFields;
  const columns = Object.keys(plain) as (keyof typeof plain)[];
  yield csvLine([...columns, 'line', 'lineName', 'last4']);
  for await (const calls of pages)
    yield calls
      .map(({ line: { did, name }, outside: { last4 }, ...call }) =>
        csvLine([...columns.map((column) => cellOf(call[column])), did, name, last4]),
      )
      .join('');
}

const cellOf = (value: string | number | boolean | null) =>
  typeof value === 'boolean' ? String(value) : (value ?? '');

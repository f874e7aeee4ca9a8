// The list of recordings, searched, and one of them.

import Type, { type Static, type TSchema } from 'typebox';
import type { WebServer } from '../http/server.ts';
import type { Asking } from '../shared/asking.ts';
import { GreffierError } from '../shared/errors.ts';
import { partyAnswer, recordingAnswer, recordingsAnswer, termsAnswer } from './answers.ts';
import type { Catalogue, RecordingRow } from './catalogue.ts';
import { presented } from './presented.ts';
import { readCursor, writeCursor } from './search-cursor.ts';
import { isEmpty } from './search-filter.ts';
import { filterOf, type SearchQuery, type Site, searchFields } from './search-query.ts';

export interface CatalogueRoutes {
  catalogue: Catalogue;
  site: Omit<Site, 'now' | 'scope'> & { now(): Date };
  /** A recording that whoever asks may see. That it is another client's is in the audit log, and not in the answer. */
  find(id: string, asking: Asking): Promise<RecordingRow | undefined>;
  manifestSchema: TSchema;
  /** Manifest and file sizes of a recording; undefined when it is destroyed. */
  evidence(row: RecordingRow): Promise<{ manifest: object; files: Record<string, number> } | undefined>;
  /** Says in the audit log that somebody looks for whoever is outside; `whom` itself is not in it. */
  looksFor(whom: string, by: 'number' | 'last-digits', asking: Asking): Promise<void>;
  /** What may be kept of a number in any spelling. Throws `bad-number`. */
  partyOf(number: string): { last4: string; fingerprint: string };
  /** What there is to be searched by: names of lines, queues, people and clients. */
  terms(scope: readonly string[] | undefined): object;
}

const closed = { additionalProperties: false };
const listQuery = Type.Object(
  {
    cursor: Type.Optional(Type.String({ maxLength: 200 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
    ...searchFields,
  },
  closed,
);
const partyBody = Type.Object({ number: Type.String({ minLength: 3, maxLength: 40 }) }, closed);
const params = Type.Object({ id: Type.String({ maxLength: 64 }) }, closed);

/** Adds the routes of /api/recordings. */
export function catalogueRoutes(server: WebServer, parts: CatalogueRoutes): void {
  const { catalogue, site, looksFor } = parts;
  const access = 'recordings:list';

  async function list(asking: Asking, { cursor, limit = 50, ...query }: Static<typeof listQuery>) {
    const { sort = 'newest' } = query;
    const { scope } = asking;
    const place = cursor ? readCursor(sort, cursor) : undefined;
    const filter = filterOf(query, { ...site, now: site.now(), scope });
    await traced(asking, query);
    const { rows, next, searchedTo } = catalogue.search.page(filter, sort, limit, place);
    const total = catalogue.count(site.now().toISOString()).recordings;
    // Counted once, and not again for each page.
    const found = isEmpty(filter) ? { count: total, more: false } : catalogue.search.count(filter, sort);
    return {
      recordings: rows.map(presented),
      next: next ? writeCursor(sort, next) : null,
      ...(!cursor && { found }),
      ...(searchedTo && { searchedTo }),
      // How many there are of others is nobody's business.
      ...(!scope && { total }),
    };
  }

  async function traced(asking: Asking, { party, lastDigits }: SearchQuery): Promise<void> {
    if (party) await looksFor(party, 'number', asking);
    if (lastDigits) await looksFor(lastDigits, 'last-digits', asking);
  }

  server.get(
    '/api/recordings',
    {
      config: { access, errors: ['bad-cursor', 'bad-date'] },
      schema: { querystring: listQuery, response: recordingsAnswer },
    },
    (request) => list(request, request.query as Static<typeof listQuery>),
  );
  server.get(
    '/api/recordings/terms',
    { config: { access }, schema: { response: termsAnswer } },
    async ({ scope }) => parts.terms(scope),
  );
  // In the body, and what it means in the answer: a number never stands in an address.
  server.post(
    '/api/recordings/parties',
    { config: { access, errors: ['bad-number'] }, schema: { body: partyBody, response: partyAnswer } },
    async (request) => {
      const { fingerprint, last4 } = parts.partyOf((request.body as Static<typeof partyBody>).number);
      await looksFor(fingerprint, 'number', request);
      return { party: fingerprint, last4 };
    },
  );
  server.get(
    '/api/recordings/:id',
    {
      config: { access, errors: ['recording-not-found'] },
      schema: { params, response: recordingAnswer(parts.manifestSchema) },
    },
    async (request) => {
      const { id } = request.params as Static<typeof params>;
      const row = await parts.find(id, request);
      if (!row)
        throw new GreffierError('recording-not-found', `no recording ${id.slice(0, 36)}`, { status: 404 });
      return { ...presented(row), ...(await parts.evidence(row)) };
    },
  );
}

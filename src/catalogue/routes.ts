// The list of recordings, searched, and one of them.

import Type, { type Static } from 'typebox';
import type { WebServer } from '../http/server.ts';
import { GreffierError } from '../shared/errors.ts';
import type { Catalogue, RecordingRow } from './catalogue.ts';
import { presented } from './presented.ts';
import { readCursor, writeCursor } from './search-cursor.ts';
import { isEmpty } from './search-filter.ts';
import { filterOf, type SearchQuery, type Site, searchFields } from './search-query.ts';

/** Who asks, and from where. */
export interface Asking {
  user: string;
  ip: string;
}

export interface CatalogueRoutes {
  catalogue: Catalogue;
  site: Omit<Site, 'now' | 'scope'> & { now(): Date };
  /** Clients whose recordings that person may see; undefined for all. */
  scopeOf(user: string): Promise<string[] | undefined>;
  /** A recording that whoever asks may see. That it is another client's is in the audit log, and not in the answer. */
  find(id: string, asking: Asking): Promise<RecordingRow | undefined>;
  /** Manifest and file sizes of a recording; undefined when it is destroyed. */
  evidence(row: RecordingRow): Promise<{ manifest: object; files: Record<string, number> } | undefined>;
  /** Says in the audit log that somebody looks for whoever is outside; `whom` itself is not in it. */
  looksFor(whom: string, by: 'number' | 'last-digits', asking: Asking): Promise<void>;
  /** What may be kept of a number in any spelling. Throws `bad-number`. */
  partyOf(number: string): { last4: string; fingerprint: string };
  /** What there is to be searched by: names of lines, queues, people and clients. */
  terms(scope: string[] | undefined): object;
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
  const { catalogue, site, scopeOf, looksFor } = parts;
  const config = { access: 'recordings:list' };

  async function list(asking: Asking, { cursor, limit = 50, ...query }: Static<typeof listQuery>) {
    const { sort = 'newest' } = query;
    const place = cursor ? readCursor(sort, cursor) : undefined;
    const scope = await scopeOf(asking.user);
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

  server.get('/api/recordings', { config, schema: { querystring: listQuery } }, (request) =>
    list(request, request.query as Static<typeof listQuery>),
  );
  server.get('/api/recordings/terms', { config }, async ({ user }) => parts.terms(await scopeOf(user)));
  // In the body, and what it means in the answer: a number never stands in an address.
  server.post('/api/recordings/parties', { config, schema: { body: partyBody } }, async (request) => {
    const { fingerprint, last4 } = parts.partyOf((request.body as Static<typeof partyBody>).number);
    await looksFor(fingerprint, 'number', request);
    return { party: fingerprint, last4 };
  });
  server.get('/api/recordings/:id', { config, schema: { params } }, async (request) => {
    const { id } = request.params as Static<typeof params>;
    const row = await parts.find(id, request);
    if (!row)
      throw new GreffierError('recording-not-found', `no recording ${id.slice(0, 36)}`, { status: 404 });
    return { ...presented(row), ...(await parts.evidence(row)) };
  });
}

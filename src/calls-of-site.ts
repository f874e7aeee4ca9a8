// The list of calls over an open appliance: the index has the rows, the site its calendar, people their limits (C34), and the
// audit log who looked for whom.

import { setImmediate } from 'node:timers/promises';
import type { Appliance } from './appliance.ts';
import type { CallsListRoutes, CallsQuery, ListedCall } from './calls/list.ts';
import type { CallFilter, CallRow } from './catalogue/calls.ts';
import type { CallPlace } from './catalogue/calls-page.ts';
import { boundary, clientsIn } from './catalogue/search-query.ts';
import type { searchParts } from './recording-search.ts';
import type { Asking } from './shared/asking.ts';
import { isCallId } from './shared/call-id.ts';
import { GreffierError } from './shared/errors.ts';
import { startOfDay } from './shared/wall-clock.ts';

type Parts = Pick<Appliance, 'catalogue' | 'config' | 'audit'>;

/** So many rows are read before others have their turn. */
const AT_ONCE = 500;

/** The routes' parts. @param looksFor the trace of a search for somebody, one for recordings and calls */
export function callsParts(
  { catalogue, config, audit }: Parts,
  looksFor: ReturnType<typeof searchParts>['looksFor'],
): CallsListRoutes {
  const filterOf = async (query: CallsQuery, asking: Asking): Promise<CallFilter> => {
    if (query.party) await looksFor(query.party, 'number', asking);
    return callFilterOf(query, asking, config.site.timezone);
  };

  async function* pages(filter: CallFilter): AsyncGenerator<ListedCall[]> {
    let place: CallPlace | undefined;
    do {
      const page = catalogue.callPage(filter, AT_ONCE, place);
      place = page.next;
      if (page.rows.length > 0) yield page.rows.map(listed);
      await setImmediate();
    } while (place);
  }

  return {
    async page({ cursor, limit = 50, ...query }, asking) {
      const place = cursor === undefined ? undefined : readPlace(cursor);
      const { rows, next, searchedTo } = catalogue.callPage(await filterOf(query, asking), limit, place);
      return {
        calls: rows.map(listed),
        next: next ? writePlace(next) : null,
        ...(searchedTo && { searchedTo }),
      };
    },
    async all(query, asking) {
      const filter = await filterOf(query, asking);
      await audit.write({ actor: asking.user, action: 'calls-exported', from: asking.ip });
      return pages(filter);
    },
  };
}

/** The filter that a question means, of the clients that somebody may see. Throws `bad-date`. */
function callFilterOf(query: CallsQuery, asking: Asking, timezone: string): CallFilter {
  const { from, to, client: _, line, ...rest } = query;
  const site = { dayStart: (day: string, plusDays = 0) => startOfDay(day, plusDays, timezone) };
  return {
    ...rest,
    did: line,
    clients: clientsIn(query, asking),
    since: from && boundary(site, from),
    until: to && boundary(site, to, 1),
  };
}

/** A row as it is listed. */
function listed(row: CallRow): ListedCall {
  return {
    id: row.id,
    arrivedAt: row.arrived_at,
    answeredAt: row.answered_at,
    endedAt: row.ended_at,
    direction: row.direction,
    client: row.client,
    line: { did: row.did, name: row.line_name },
    queue: row.queue,
    policy: row.policy,
    outside: { last4: row.last4 },
    extension: row.extension,
    waitingSeconds: row.waiting_ms === null ? null : row.waiting_ms / 1_000,
    disposition: row.disposition,
    consent: row.consent,
    announced: row.announced === 1,
    recorded: row.recorded === 1,
    reason: row.reason,
  };
}

const writePlace = ({ arrivedAt, id }: CallPlace) => Buffer.from(`${arrivedAt} ${id}`).toString('base64url');

/** Throws `bad-cursor`. */
function readPlace(cursor: string): CallPlace {
  const [arrivedAt = '', id = ''] = Buffer.from(cursor, 'base64url').toString().split(' ');
  if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(arrivedAt) && isCallId(id)) return { arrivedAt, id };
  throw new GreffierError('bad-cursor', 'the cursor is not one of ours', {
    hint: 'start from the first page',
    status: 400,
  });
}

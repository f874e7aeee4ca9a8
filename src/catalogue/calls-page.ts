// Calls a page at a time, newest first. Like the search of recordings it looks at no more than SCAN rows before it answers,
// so that no question holds the daemon up: with what it found and where it stopped (ADR 0025).

import type { DatabaseSync } from 'node:sqlite';
import { type CallFilter, type CallRow, callConditions } from './calls.ts';
import { type Condition, joined } from './search-filter.ts';
import { SCAN } from './search-walk.ts';

/** Where a page ended. */
export interface CallPlace {
  arrivedAt: string;
  id: string;
}

export interface CallPage {
  rows: CallRow[];
  /** Where the next page begins; undefined when there is none. A page may be short, or empty, and have one. */
  next: CallPlace | undefined;
  /** Arrival (UTC ISO 8601) of the last row that was looked at, when the search stopped on its way. */
  searchedTo: string | undefined;
}

/** Whoever calls often has hundreds of calls, and the site has half a million: along the caller where one is given. */
const INDEX = ({ party }: CallFilter, indexed: boolean) =>
  indexed && party !== undefined ? 'calls_by_caller' : 'calls_by_arrival';

/**
 * Pages over the calls of an open index.
 * @param indexed whether all of its indexes are there
 */
export function callPages(db: DatabaseSync, indexed: () => boolean) {
  const all = <T>({ sql, values }: Condition) => db.prepare(sql).all(...values) as T[];

  return (filter: CallFilter, limit: number, place?: CallPlace): CallPage => {
    if (filter.clients?.length === 0) return { rows: [], next: undefined, searchedTo: undefined };
    const after = place && { sql: '(arrived_at, id) < (?, ?)', values: [place.arrivedAt, place.id] };
    const range = joined([...callConditions(filter, ['party', 'since', 'until']), ...(after ? [after] : [])]);
    const way = `SELECT arrived_at AS key, id AS named, rowid AS at FROM calls INDEXED BY ${INDEX(filter, indexed())} WHERE ${range.sql}
      ORDER BY arrived_at DESC, id DESC LIMIT ?`;
    const fits = joined(callConditions(filter));
    // CROSS JOIN keeps the order of the way, and stops at the limit.
    const found = all<CallRow>({
      sql: `WITH way AS (${way}) SELECT calls.* FROM way CROSS JOIN calls ON calls.rowid = way.at WHERE ${fits.sql} LIMIT ?`,
      values: [...range.values, SCAN, ...fits.values, limit + 1],
    });
    const rows = found.slice(0, limit);
    const last = rows.at(-1);
    if (last && found.length > limit)
      return { rows, next: { arrivedAt: last.arrived_at, id: last.id }, searchedTo: undefined };
    const [end] = all<{ key: string; named: string }>({
      sql: `${way} OFFSET ?`,
      values: [...range.values, 1, SCAN - 1],
    });
    return {
      rows,
      next: end && { arrivedAt: end.key, id: end.named },
      searchedTo: end?.key,
    };
  };
}

// Search in the index. Each question follows one index, and looks at no more than SCAN rows before it answers: with what
// it found and where it stopped, so that the next question goes on from there (ADR 0025).

import type { DatabaseSync } from 'node:sqlite';
import type { RecordingRow } from './recording-row.ts';
import {
  type Condition,
  conditionsOf,
  isEmpty,
  joined,
  type SearchFilter,
  type Sort,
} from './search-filter.ts';
import { after, ORDERS, type Place, SCAN, walkByOrder, walkByStart, walksByRange } from './search-walk.ts';

/** Rows are counted up to here. */
export const COUNTED = 1_000;

export interface SearchPage {
  rows: RecordingRow[];
  /** Where the next page begins; undefined when there is none. A page may be short, or empty, and have one. */
  next: Place | undefined;
  /** Beginning (UTC ISO 8601) of the last row that was looked at, when that was not the last one there is. */
  searchedTo: string | undefined;
}

export interface Search {
  /** One page. `place` is the `next` of the page before, in the same order. */
  page(filter: SearchFilter, sort: Sort, limit: number, place?: Place): SearchPage;
  /** How many fit, counted up to a thousand; `more` when there are, or may be, more of them. */
  count(filter: SearchFilter, sort: Sort): { count: number; more: boolean };
}

const byStart = (sort: Sort): sort is 'newest' | 'oldest' => sort === 'newest' || sort === 'oldest';

/** A row of no client, no extension: what a person may see who may see nothing. */
const nothingFits = ({ clients, extensions }: SearchFilter) =>
  clients?.length === 0 || extensions?.length === 0;

/**
 * Search over an open catalogue.
 * @param indexed whether all of its indexes are there
 */
export function searchIn(db: DatabaseSync, indexed: () => boolean): Search {
  const all = <T>({ sql, values }: Condition) => db.prepare(sql).all(...values) as T[];

  /** What stands in the rows along a way that fit. CROSS JOIN keeps the order of the way, and stops at the limit. */
  function along<T>(what: string, way: Condition, filter: SearchFilter, limit: number): T[] {
    const fits = joined(conditionsOf(filter));
    return all<T>({
      sql: `WITH way AS (${way.sql} LIMIT ${SCAN}) SELECT ${what} FROM way CROSS JOIN recordings
        ON recordings.rowid = way.at WHERE ${fits.sql} LIMIT ?`,
      values: [...way.values, ...fits.values, limit],
    });
  }

  /** Where a way is after SCAN rows; undefined when it is shorter. */
  function endOf({ sql, values }: Condition): Place | undefined {
    return all<Place>({ sql: `${sql} LIMIT 1 OFFSET ?`, values: [...values, SCAN - 1] })[0];
  }

  /** Few rows, sorted by something else than what they were found by. */
  function sorted(way: Condition, filter: SearchFilter, sort: Sort, limit: number, place?: Place) {
    const { column, direction } = ORDERS[sort];
    const fits = joined([...conditionsOf(filter), ...after(sort, place)]);
    return all<RecordingRow>({
      sql: `WITH way AS (${way.sql} LIMIT ${SCAN}) SELECT recordings.* FROM recordings
        WHERE rowid IN (SELECT at FROM way) AND ${fits.sql} ORDER BY ${column} ${direction}, id ${direction} LIMIT ?`,
      values: [...way.values, ...fits.values, limit],
    });
  }

  function pageOf(found: RecordingRow[], sort: Sort, limit: number, way?: Condition): SearchPage {
    const rows = found.slice(0, limit);
    const last = found.length > limit ? rows.at(-1) : undefined;
    if (last) return { rows, next: placeOf(last, sort), searchedTo: undefined };
    const end = way && endOf(way);
    if (!end) return { rows, next: undefined, searchedTo: undefined };
    const [row] = all<RecordingRow>({ sql: 'SELECT * FROM recordings WHERE id = ?', values: [end.id] });
    return { rows, next: { key: end.key, id: end.id }, searchedTo: row?.started_at };
  }

  /** A way that is short enough to be looked at whole, other than the one in the order asked for. */
  function shortWay(filter: SearchFilter, sort: Sort): Condition | undefined {
    const byFilter =
      byStart(sort) || isEmpty({ ...filter, living: undefined })
        ? []
        : [walkByStart(filter, 'newest', indexed())];
    return [...byFilter, ...walksByRange(filter)].find((way) => !endOf(way));
  }

  return {
    page(asked, sort, limit, place) {
      const filter = inOrderOf(asked, sort);
      if (nothingFits(filter)) return { rows: [], next: undefined, searchedTo: undefined };
      const short = shortWay(filter, sort);
      if (short) return pageOf(sorted(short, filter, sort, limit + 1, place), sort, limit);
      const way = byStart(sort) ? walkByStart(filter, sort, indexed(), place) : walkByOrder(sort, place);
      return pageOf(along('recordings.*', way, filter, limit + 1), sort, limit, way);
    },
    count(asked, sort) {
      const filter = inOrderOf(asked, sort);
      if (nothingFits(filter)) return { count: 0, more: false };
      const short = shortWay(filter, sort);
      const way = short ?? walkByStart(filter, 'newest', indexed());
      const count = along('1', way, filter, COUNTED + 1).length;
      return {
        count: Math.min(count, COUNTED),
        more: count > COUNTED || (!short && endOf(way) !== undefined),
      };
    },
  };
}

/** What was destroyed has no place in the order in which recordings will be. */
function inOrderOf(filter: SearchFilter, sort: Sort): SearchFilter {
  return sort === 'due' ? { ...filter, living: true } : filter;
}

/** Where a row stands in an order. */
function placeOf(row: RecordingRow, sort: Sort): Place {
  return { key: (row as unknown as Record<string, string | number>)[ORDERS[sort].column] ?? '', id: row.id };
}

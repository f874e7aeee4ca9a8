// The way along which rows are looked at: always one index, in the order asked for, and never more than SCAN rows at a
// time, so that no question holds the daemon up, whatever it combines.

import type { Condition, SearchFilter, Sort } from './search-filter.ts';
import { conditionsOf, joined } from './search-filter.ts';

/** How many rows are looked at for one answer, at most. */
export const SCAN = 5_000;

/** Where a page ended: the value that rows are sorted by, and the id. */
export interface Place {
  key: string | number;
  id: string;
}

export const ORDERS = {
  newest: { column: 'started_at', direction: 'DESC' },
  oldest: { column: 'started_at', direction: 'ASC' },
  longest: { column: 'milliseconds', direction: 'DESC' },
  due: { column: 'goes_at', direction: 'ASC' },
} as const satisfies Record<Sort, { column: string; direction: 'ASC' | 'DESC' }>;

/** Rows of one index that have one of the values, in the order of their beginning. */
interface Way {
  source: string;
  /** Where the row lies. */
  at: string;
  arms: Condition[];
}

const equal = (column: string, values: string[]): Condition[] =>
  values.map((value) => ({ sql: `${column} = ?`, values: [value] }));

/** From what leaves least to look at to what leaves most. */
const WAYS: { field?: keyof SearchFilter; index: string; column?: string }[] = [
  { field: 'party', index: 'recordings_by_caller', column: 'fingerprint' },
  { field: 'lastDigits', index: 'recordings_by_last4', column: 'last4' },
  { field: 'extensions', index: '' },
  { field: 'heldAt', index: 'recordings_held_by_start' },
  { field: 'queue', index: 'recordings_by_queue', column: 'queue' },
  { field: 'did', index: 'recordings_by_line', column: 'did' },
  { field: 'state', index: 'recordings_by_state', column: 'state' },
  { field: 'consent', index: 'recordings_by_consent', column: 'consent' },
  { field: 'purpose', index: 'recordings_by_purpose', column: 'purpose' },
  { field: 'clients', index: 'recordings_by_client', column: 'client' },
];

const ALL: (typeof WAYS)[number] = { index: 'recordings_by_start' };

/**
 * The index that leaves least to look at.
 * @param indexed whether all indexes are there: while the tables are being filled only their order is
 */
function wayOf(filter: SearchFilter, indexed: boolean): Way {
  const ways = indexed ? WAYS : [];
  const { field, index, column } = ways.find(({ field }) => field && filter[field] !== undefined) ?? ALL;
  const values = field ? ([filter[field]].flat() as string[]) : [];
  if (field === 'extensions')
    return {
      source: 'taking_part',
      at: '(SELECT rowid FROM recordings WHERE id = taking_part.id)',
      arms: equal('extension', values),
    };
  const held = { sql: field === 'heldAt' ? 'held_until IS NOT NULL' : 'TRUE', values: [] };
  const arms = column ? equal(column, values) : [held];
  return { source: `recordings INDEXED BY ${index}`, at: 'rowid', arms };
}

/** Rows after a place, in an order. */
export function after(sort: Sort, place: Place | undefined): Condition[] {
  if (!place) return [];
  const { column, direction } = ORDERS[sort];
  const sql = `(${column}, id) ${direction === 'DESC' ? '<' : '>'} (?, ?)`;
  return [{ sql, values: [place.key, place.id] }];
}

/** Keys, ids and places of the rows to be looked at, in the order of their beginning; `place` is where the last page ended. */
export function walkByStart(
  filter: SearchFilter,
  sort: 'newest' | 'oldest',
  indexed: boolean,
  place?: Place,
): Condition {
  const { source, at, arms } = wayOf(filter, indexed);
  const { direction } = ORDERS[sort];
  const range = [...conditionsOf(filter, ['since', 'before']), ...after(sort, place)];
  const each = arms.map((arm) => {
    const { sql, values } = joined([arm, ...range]);
    return { sql: `SELECT started_at AS key, id, ${at} AS at FROM ${source} WHERE ${sql}`, values };
  });
  // Several extensions may have taken part in one recording: UNION lists it once, and merges the ways in order.
  return {
    sql: `${each.map(({ sql }) => sql).join(' UNION ')} ORDER BY 1 ${direction}, 2 ${direction}`,
    values: each.flatMap(({ values }) => values),
  };
}

/** The same in another order: along the index of that order, whatever is searched for. */
export function walkByOrder(sort: 'longest' | 'due', place?: Place): Condition {
  const { column, direction } = ORDERS[sort];
  const source =
    sort === 'due'
      ? 'recordings INDEXED BY recordings_by_going'
      : 'recordings INDEXED BY recordings_by_length';
  const living = sort === 'due' ? [{ sql: "state <> 'destroyed'", values: [] }] : [];
  const { sql, values } = joined([...living, ...after(sort, place)]);
  const order = `ORDER BY ${column} ${direction}, id ${direction}`;
  return { sql: `SELECT ${column} AS key, id, rowid AS at FROM ${source} WHERE ${sql} ${order}`, values };
}

/** The ways that a range narrows down: long recordings, and those that go soon. In their own order, for few rows. */
export function walksByRange({ atLeast, goesBefore }: SearchFilter): Condition[] {
  const long = 'SELECT milliseconds AS key, id, rowid AS at FROM recordings INDEXED BY recordings_by_length';
  const going = 'SELECT goes_at AS key, id, rowid AS at FROM recordings INDEXED BY recordings_by_going';
  return [
    ...(atLeast === undefined ? [] : [{ sql: `${long} WHERE milliseconds >= ?`, values: [atLeast] }]),
    ...(goesBefore === undefined
      ? []
      : [{ sql: `${going} WHERE state <> 'destroyed' AND goes_at < ?`, values: [goesBefore] }]),
  ];
}

// The table of a question, one row for each key; and the same as CSV (RFC 4180), with names that do not change.

import { csvLine } from '../shared/csv.ts';
import { add, type Figures, figuresOf, noSums, type Sums } from './figures.ts';
import { isTime, type Kind, keyOf, keysOf } from './kinds.ts';
import type { Day } from './period.ts';

export interface Row extends Figures {
  key: string;
  /** What people call it; the key itself where it has no name. */
  name: string;
}

export interface Table {
  rows: Row[];
  totals: Figures;
}

export interface TableParts {
  kind: Kind;
  days: Day[];
  timezone: string;
  /** Sums between two moments, by quarter of an hour for kinds of time. */
  count(since: string, before: string): (Sums & { key: string | number })[];
  /** What a line, a queue or a client is called. */
  nameOf(key: string): string;
  /** Lets others have their turn. */
  breathe(): Promise<void>;
}

/** Counts a day at a time: in between, whoever else wants something of this process has their turn. */
export async function tableOf({ kind, days, timezone, count, nameOf, breathe }: TableParts): Promise<Table> {
  const all = new Map<string, Sums>();
  const total = noSums();
  const names = days.map(({ name }) => name);
  if (isTime(kind)) for (const key of keysOf(kind, names)) all.set(key, noSums());
  for (const { since, before } of days) {
    for (const { key: found, ...sums } of count(since, before)) {
      const key = isTime(kind) ? keyOf(kind, Number(found), timezone) : String(found);
      const known = all.get(key) ?? noSums();
      add(known, sums);
      all.set(key, known);
      add(total, sums);
    }
    await breathe();
  }
  const rows = [...all]
    // Most calls in no queue wait in none, and a row for them would say nothing.
    .filter(([key]) => key !== '')
    .map(([key, sums]) => ({ key, name: isTime(kind) ? key : nameOf(key), ...figuresOf(sums) }));
  if (!isTime(kind)) rows.sort((one, next) => next.calls - one.calls || (one.key < next.key ? -1 : 1));
  return { rows, totals: figuresOf(total) };
}

/** The table as lines of CSV. */
export function* csvOf({ rows }: Table, kind: Kind): Generator<string> {
  const columns = Object.keys(figuresOf(noSums())) as (keyof Figures)[];
  yield csvLine([kind, 'name', ...columns]);
  for (const row of rows) yield csvLine([row.key, row.name, ...columns.map((column) => row[column] ?? '')]);
}

/** What the list is narrowed down by, as the address of the page says it: so it can be kept, and sent to a colleague. */

import { questions } from '../shared/question.ts';

export const FIELDS = [
  'party',
  'lastDigits',
  'person',
  'extension',
  'line',
  'queue',
  'client',
  'direction',
  'from',
  'to',
  'minSeconds',
  'maxSeconds',
  'purpose',
  'consent',
  'state',
  'held',
  'dueWithinDays',
] as const;
export type Field = (typeof FIELDS)[number];
export const SORTS = ['newest', 'oldest', 'longest', 'due'] as const;
export type Sort = (typeof SORTS)[number];

const fields = questions(FIELDS);

/** All values are texts, as in an address. */
export type Filter = Partial<Record<Field, string>> & { sort?: Sort };

/** Reads a filter from the address. What no filter knows is passed over. */
export function readFilter(search: string): Filter {
  const filter: Filter = fields.read(search);
  const asked = new URLSearchParams(search).get('sort');
  const sort = SORTS.find((one) => one === asked);
  return sort && sort !== 'newest' ? { ...filter, sort } : filter;
}

/** The filter as an address has it, in one order; empty when nothing is asked for. */
export function writeFilter(filter: Filter): string {
  return String(queryOf(filter));
}

export function queryOf(filter: Filter): URLSearchParams {
  const query = fields.queryOf(filter);
  if (filter.sort && filter.sort !== 'newest') query.set('sort', filter.sort);
  return query;
}

/** The fields that are asked for, in their order. */
export function asked(filter: Filter): Field[] {
  return FIELDS.filter((field) => filter[field]);
}

/** Changes some fields; an empty text, or undefined, takes one away. What is due is shown in the order in which it goes. */
export function changed(filter: Filter, change: Filter): Filter {
  const due = change.dueWithinDays && !change.sort ? { sort: 'due' as const } : {};
  const next: Filter = readFilter(`?${queryOf({ ...filter, ...change, ...due })}`);
  if ('dueWithinDays' in change && !change.dueWithinDays && next.sort === 'due') delete next.sort;
  return next;
}

/** A day by the clock of the site, so many days from now. */
export function dayFromNow(days: number, timeZone: string, now = Date.now()): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone }).format(now + days * 86_400_000);
}

export type Preset = 'today' | 'yesterday' | 'week' | 'month' | 'quarter';

/** The days that are chosen most often; whole days, today among them. */
export function preset(name: Preset, timeZone: string, now = Date.now()): { from: string; to: string } {
  const day = (back: number) => dayFromNow(-back, timeZone, now);
  if (name === 'today') return { from: day(0), to: day(0) };
  if (name === 'yesterday') return { from: day(1), to: day(1) };
  return { from: day({ week: 6, month: 29, quarter: 89 }[name]), to: day(0) };
}

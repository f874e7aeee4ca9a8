/** What the page asks, as its address says it: so it can be kept, and sent to a colleague. */
import type { Kind } from '../shared/statistics-types.ts';

export const KINDS: Kind[] = ['day', 'month', 'weekday', 'hour', 'line', 'queue', 'client'];
export const SPANS = [7, 30, 90, 365] as const;
const FIELDS = ['from', 'to', 'by', 'client', 'line', 'queue'] as const;
type Field = (typeof FIELDS)[number];

/** All values are texts, as in an address. */
export type Question = Partial<Record<Field, string>>;

/** Reads a question from the address. What no question knows is passed over. */
export function readQuestion(search: string): Question {
  const query = new URLSearchParams(search);
  const question: Question = {};
  for (const field of FIELDS) {
    const value = query.get(field);
    if (value) question[field] = value.slice(0, 64);
  }
  return question;
}

/** The question as an address has it, in one order. */
export function queryOf(question: Question): URLSearchParams {
  const query = new URLSearchParams();
  for (const field of FIELDS) if (question[field]) query.set(field, question[field]);
  return query;
}

/** The last so many days, by the calendar of the site. */
export function span(days: number, timeZone: string, now = Date.now()): { from: string; to: string } {
  const to = new Intl.DateTimeFormat('sv-SE', { timeZone }).format(now);
  const from = new Date(Date.parse(to) - (days - 1) * 86_400_000).toISOString().slice(0, 10);
  return { from, to };
}

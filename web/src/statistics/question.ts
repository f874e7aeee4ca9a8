/** What the page of statistics asks. */
import { questions } from '../shared/question.ts';
import type { Kind } from '../shared/statistics-types.ts';

export const KINDS: Kind[] = ['day', 'month', 'weekday', 'hour', 'line', 'queue', 'client'];
export const SPANS = [7, 30, 90, 365] as const;

export const { read: readQuestion, queryOf } = questions([
  'from',
  'to',
  'by',
  'client',
  'line',
  'queue',
] as const);
export type Question = ReturnType<typeof readQuestion>;

/** What the list of calls is narrowed down by. */
import { questions } from '../shared/question.ts';

export const { read: readQuestion, queryOf } = questions([
  'from',
  'to',
  'line',
  'queue',
  'client',
  'direction',
  'disposition',
  'recorded',
  'reason',
] as const);
export type Question = ReturnType<typeof readQuestion>;

export const SPANS = [1, 7, 30] as const;

/** What is asked of the log, as the address of the page says it; nothing in it is of a caller. */

import { questions } from '../shared/question.ts';

export const FIELDS = ['action', 'actor', 'about', 'from', 'to'] as const;
export type Question = Partial<Record<(typeof FIELDS)[number], string>>;

/** Id of a recording, which is that of its call. */
const RECORDING = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const PAGE = '50';

const { read, queryOf } = questions(FIELDS);
export const readQuestion = read;

/** The question as an address has it. */
export function addressOf(question: Question): string {
  const query = queryOf(question);
  return query.size > 0 ? `?${query}` : '';
}

/** The question as the server takes it, from one place in the log on. */
export function askedOf({ about, ...rest }: Question, before: number | null): URLSearchParams {
  const query = new URLSearchParams({ limit: PAGE });
  for (const [name, value] of Object.entries(rest)) if (value) query.set(name, value);
  if (about) query.set(RECORDING.test(about) ? 'recording' : 'subject', about);
  if (before !== null) query.set('before', String(before));
  return query;
}

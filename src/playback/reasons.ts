// Why somebody listens: a code from a list, so that it can be counted, and words where the list does not say it. The agent
// sees both, and so does whoever reads the log: no number and no address belongs into them (C30, C31).

import { GreffierError } from '../shared/errors.ts';

export const REASONS = [
  'quality',
  'training',
  'complaint',
  'dispute',
  'rights',
  'incident',
  'other',
] as const;
export type ReasonCode = (typeof REASONS)[number];

/** What "other" is has to be said in as many characters at least. */
const SHORTEST_OTHER = 10;
/** Six digits or more, however they are spaced: a telephone number, or a bank card's. */
const NUMBER = /\d(?:[\s.-]?\d){5,}/;
/** A day is nobody. */
const DATE = /\b\d{4}-\d\d-\d\d\b|\b\d\d?\.\d\d?\.\d{4}\b|\d{4}-\d\d-\d\dT/g;
const ADDRESS = /\S+@\S+\.\S+/;

/**
 * Checks a reason. Throws `no-reason` when "other" is not explained, and `personal-reason` when the words hold what looks
 * like a number or an address; the message does not repeat it.
 */
export function insistOnReason(code: ReasonCode, words: string): void {
  if (code === 'other' && words.trim().length < SHORTEST_OTHER)
    throw new GreffierError('no-reason', `reason "other" needs ${SHORTEST_OTHER} characters of explanation`, {
      hint: `or choose one of ${REASONS.join(', ')}`,
      status: 400,
    });
  insistImpersonal(words);
}

/** Throws `personal-reason` for words that hold what looks like a number or an address. */
export function insistImpersonal(words: string): void {
  if (!NUMBER.test(words.replaceAll(DATE, '')) && !ADDRESS.test(words)) return;
  throw new GreffierError(
    'personal-reason',
    'the words hold what looks like a telephone number or an address',
    {
      hint: 'they are kept in the audit log and shown to the agent: say it without',
      status: 400,
    },
  );
}

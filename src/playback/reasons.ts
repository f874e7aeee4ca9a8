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
/** Six digits or more, as numbers are commonly spaced: a telephone number, or a bank card's. */
const NUMBER = /\p{Nd}(?:[\s.-]?\p{Nd}){5,}/u;
/** Seven or more with whatever else people write in between, but for what lists are made of: not 201, 202 and 203. */
const NUMBER_APART = /\p{Nd}(?:(?:[^\p{L}\p{N},]{0,4}|,)\p{Nd}){6,}/u;
/** A day is nobody. */
const DATE =
  /(?<![\d-])(?:19|20)\d\d-[01]\d-[0-3]\d(?!-?\d)|(?<!\d\.?)[0-3]?\d\.[01]?\d\.(?:19|20)\d\d(?!\.?\d)/g;
/** Neither is 25/11/2026, or a quarter past ten. */
const SLASHED_DATE_OR_TIME =
  /(?<!\d\/?)[0-3]?\d\/[01]?\d\/(?:19|20)\d\d(?!\/?\d)|(?<!\d:?)[0-2]?\d:[0-5]\d(?::[0-5]\d)?(?!:?\d)/g;
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

/**
 * Throws `personal-reason` for words that hold what looks like a number or an address. It finds what slips in by mistake:
 * no name, and nothing that somebody means to hide.
 */
export function insistImpersonal(words: string): void {
  // Digits of full width are digits as well.
  const plain = words.normalize('NFKC');
  if (!holdsNumber(plain.replaceAll(DATE, '')) && !ADDRESS.test(plain)) return;
  throw new GreffierError(
    'personal-reason',
    'the words hold what looks like a telephone number or an address',
    {
      hint: 'they are kept in the audit log and shown to the agent: say it without',
      status: 400,
    },
  );
}

function holdsNumber(words: string): boolean {
  const held = words.replaceAll(SLASHED_DATE_OR_TIME, (moment) => moment.replaceAll(/[/:]/g, 'x'));
  return NUMBER.test(words) || NUMBER_APART.test(held);
}

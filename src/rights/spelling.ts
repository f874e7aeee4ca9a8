// A number as a person writes it: with spaces, dots, hyphens, brackets. What it means is told by whoever knows the
// country (src/arrival); here it becomes digits and a plus, as the trunk gives them.

import { GreffierError } from '../shared/errors.ts';

/** Spaces of any width, dots, slashes, brackets, and every kind of hyphen. */
const BETWEEN = /[\s\u200b\u2060./()\u00ad\u2010-\u2015\u2212-]/gu;
const DIGITS = /^\+?\d{3,20}$/;

/**
 * Digits, with a plus before them when it was there. Wide and bold digits count too.
 * Throws `bad-number`; the number is in no message, since messages are kept.
 */
export function digitsOf(spelling: string): string {
  const digits = spelling.normalize('NFKC').replaceAll(BETWEEN, '');
  if (DIGITS.test(digits)) return digits;
  throw badNumber(
    /[^\d+]/.test(digits) ? 'there is more in it than digits' : 'it has too few or too many digits',
  );
}

/** The refusal of a number, by what is wrong with it. */
export function badNumber(why: string): GreffierError {
  return new GreffierError('bad-number', `this is no telephone number: ${why}`, {
    hint: 'write it as 06 12 34 56 78 or +33 6 12 34 56 78, one a line',
    status: 400,
  });
}

/**
 * How hard a passphrase is to guess, roughly: a hint for whoever chooses it, no promise. Words count as words, since that
 * is how they are guessed; what is repeated counts once.
 */

/** Below this the box's copy of a key could be tried through by whoever takes its disk. */
export const LEAST_LENGTH = 14;
const WORD_BITS = 12;
const FAIR_BITS = 44;
const STRONG_BITS = 60;

export type Strength = 'none' | 'short' | 'weak' | 'fair' | 'strong';

/** Bits, as guessed word by word or character by character, whichever is less. */
export function bitsOf(passphrase: string): number {
  const words = passphrase.toLowerCase().match(/\p{L}+/gu) ?? [];
  const different = new Set(passphrase).size;
  const alphabet = [/\p{Ll}/u, /\p{Lu}/u, /\d/, /[^\p{L}\d]/u].filter((kind) => kind.test(passphrase)).length;
  const rest = passphrase.replaceAll(/[\p{L}\s]/gu, '');
  const byCharacter = Math.min(passphrase.length, different * 2) * Math.log2(13 * alphabet + 10);
  const byWord = new Set(words).size * WORD_BITS + new Set(rest).size * 3.3;
  return Math.min(byCharacter, byWord + (words.length < 3 ? passphrase.length : 0));
}

export function strengthOf(passphrase: string): Strength {
  if (passphrase.length === 0) return 'none';
  if (passphrase.length < LEAST_LENGTH) return 'short';
  const bits = bitsOf(passphrase);
  if (bits < FAIR_BITS) return 'weak';
  return bits < STRONG_BITS ? 'fair' : 'strong';
}

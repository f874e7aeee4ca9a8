/** The box says in an English sentence why a key is not fit; this finds the code that the dictionaries know. */

const reasons: [RegExp, string][] = [
  [/private key/, 'private'],
  [/revoked/, 'revoked'],
  [/in the future/, 'future'],
  [/expired/, 'expired'],
  [/AEAD/, 'aead'],
  [/no valid subkey/, 'no-subkey'],
  [/bits only/, 'short'],
  [/version \d+ key/, 'version'],
  [/curve|algorithm/, 'algorithm'],
];

/** `other` for a sentence that is not known here; the page then shows it as it came. */
export function unfitCode(sentence: string): string {
  return reasons.find(([pattern]) => pattern.test(sentence))?.[1] ?? 'other';
}

/** The box says in English sentences why not; this finds the codes that the dictionaries know. */

type Table = [RegExp, string][];

const unfit: Table = [
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

const refusal: Table = [
  [/destroyed/, 'destroyed'],
  [/no such recording/, 'unknown'],
  [/header-other-key|not sealed to the old key/, 'other-key'],
  [/header-damaged|packet/, 'damaged'],
];

const found = (table: Table) => (sentence: string) =>
  table.find(([pattern]) => pattern.test(sentence))?.[1] ?? 'other';

/** Why nothing is sealed to a key; `other` for a sentence that is not known here, which is then shown as it came. */
export const unfitCode = found(unfit);

/** Why a recording was not handed over; likewise, and the codes of the worker too. */
export const refusalCode = found(refusal);

/** Why listening was refused, in the reader's words. */
import { sentenceOf } from '../shared/i18n.ts';
import { liveWords } from './words.ts';

const PREFIX = 'supervision-';

/** The sentence of an error code of supervision, or of any other. */
export function refusalOf(code: string): string {
  const known: Record<string, string> = liveWords.value.refusals;
  return known[code.startsWith(PREFIX) ? code.slice(PREFIX.length) : code] ?? sentenceOf(code);
}

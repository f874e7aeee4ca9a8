/**
 * What the server says of settings, in the reader's language. It says it in English, for logs and programs too; what is not
 * known here is shown as it was said.
 */
import { language } from '../shared/i18n.ts';
import { inFrench } from './words-told.ts';

/** One sentence, in the reader's language. */
export function told(said: string): string {
  return language.value === 'fr' ? inFrench(said) : said;
}

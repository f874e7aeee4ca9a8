/**
 * What the server says of settings, in French. It says it in English, for logs and programs too; whoever reads English, or
 * something that is not known here, gets it as it was said.
 */
import { language } from '../shared/i18n.ts';
import { FAULTS_FR } from './words-told.ts';

/** One sentence, in the reader's language. */
export function told(said: string): string {
  return language.value === 'fr' ? inFrench(said) : said;
}

/** Sentences that are joined by semicolons are told one by one. */
export function inFrench(said: string): string {
  for (const [form, french] of FAULTS_FR) {
    const found = form.exec(said);
    if (found) return french.replaceAll(/\$(\d)/g, (_, at) => inFrench(found[Number(at)] ?? ''));
  }
  return said;
}

/** The audit log in the reader's language. */
import { wordsOf } from '../shared/i18n.ts';
import type { Plain } from '../shared/words.ts';
import { en } from './words-en.ts';
import { fr } from './words-fr.ts';

export const auditWords = wordsOf<Plain<typeof fr>>({ fr, en });

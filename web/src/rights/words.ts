/** The rights desk in the reader's language. */
import { wordsOf } from '../shared/i18n.ts';
import type { Plain } from '../shared/words.ts';
import { en } from './words-en.ts';
import { fr } from './words-fr.ts';

export const rightsWords = wordsOf<Plain<typeof fr>>({ fr, en });

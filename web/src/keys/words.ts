/** What making, keeping and sharing keys says. */
import { wordsOf } from '../shared/i18n.ts';
import { en } from './words-en.ts';
import { fr, type KeyWords } from './words-fr.ts';

export const keyWords = wordsOf<KeyWords>({ fr, en });

/** What the search of recordings says. */
import { wordsOf } from '../shared/i18n.ts';
import { en } from './words-en.ts';
import { fr, type SearchWords } from './words-fr.ts';

export const searchWords = wordsOf<SearchWords>({ fr, en });

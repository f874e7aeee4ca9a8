/** What the live board says. */
import { wordsOf } from '../shared/i18n.ts';
import { en } from './words-en.ts';
import { fr, type LiveWords } from './words-fr.ts';

export const liveWords = wordsOf<LiveWords>({ fr, en });

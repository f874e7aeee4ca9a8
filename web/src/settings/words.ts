/** What the pages of policies and announcements say. */
import { wordsOf } from '../shared/i18n.ts';
import { en } from './words-en.ts';
import { fr, type SettingsWords } from './words-fr.ts';

export const settingsWords = wordsOf<SettingsWords>({ fr, en });

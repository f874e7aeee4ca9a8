/** The reader's language: French unless chosen otherwise, kept in this browser. */
import { computed, effect, signal } from '@preact/signals';
import { remember, remembered } from './memory.ts';
import { en } from './words-en.ts';
import { fr, type Words } from './words-fr.ts';

export type Language = 'fr' | 'en';

const chosen = signal<Language | null>(parse(remembered('language')));
/** What the installer set for the site; it counts only until the reader chooses. */
export const siteLanguage = signal<Language>('fr');

export const language = computed<Language>(() => chosen.value ?? siteLanguage.value);
export const words = computed<Words>(() => (language.value === 'fr' ? fr : en));

/** The sentences of one page, in the reader's language. They stand beside the page, both languages in one file. */
export function wordsOf<T>(both: { fr: T; en: NoInfer<T> }) {
  return computed<T>(() => (language.value === 'fr' ? both.fr : both.en));
}

/** Chooses a language for this browser. */
export function speak(next: Language): void {
  chosen.value = next;
  remember('language', next);
}

/** The sentence of an error code; unknown codes get the general one. */
export function sentenceOf(code: string): string {
  const known: Record<string, string> = words.value.errors;
  return known[code] ?? words.value.errors.unexpected;
}

function parse(text: string | null): Language | null {
  return text === 'fr' || text === 'en' ? text : null;
}

effect(() => {
  document.documentElement.lang = language.value;
});

/**
 * What somebody may mean by what was typed: digits are a number, its end, or an extension; words are a person, a line, a
 * queue, a client, a purpose, or days. The best guess comes first; the list shows it while one types.
 */
import type { SearchTerms } from '../shared/api-types.ts';
import type { Filter, Preset } from './filter.ts';

export interface Suggestion {
  kind:
    | 'number'
    | 'lastDigits'
    | 'extension'
    | 'person'
    | 'line'
    | 'queue'
    | 'client'
    | 'purpose'
    | 'days'
    | 'state';
  /** Of the thing itself: a name, a number. */
  text: string;
  /** What it changes; of a number the server says it. */
  change: Filter;
  preset?: Preset;
}

/** What has names of its own in the reader's language. */
export interface Named {
  purposes: Record<string, string>;
  presets: Record<Preset, string>;
  held: string;
}

const MOST = 8;
/** As many digits as the shortest number of a subscriber has, with what is dialled before it. */
const WHOLE_NUMBER = 8;

/** Without accents and capitals, so that "zoe" finds Zoë. */
export function plain(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().trim();
}

/** The digits, when there is nothing but a number in it. */
export function digitsIn(text: string): string | undefined {
  const compact = text.normalize('NFKC').replaceAll(/[\s\u200b./()\u00ad\u2010-\u2015\u2212-]/gu, '');
  return /^\+?\d+$/.test(compact) ? compact : undefined;
}

/** What may be meant, best first. */
export function interpret(text: string, terms: SearchTerms | undefined, named: Named): Suggestion[] {
  const digits = digitsIn(text);
  if (digits) return ofDigits(digits, terms).slice(0, MOST);
  const word = plain(text);
  return word ? ofWords(word, terms, named).slice(0, MOST) : [];
}

function ofDigits(typed: string, terms: SearchTerms | undefined): Suggestion[] {
  const digits = typed.replace('+', '');
  const found: Suggestion[] = [];
  if (digits.length >= WHOLE_NUMBER) found.push({ kind: 'number', text: typed, change: {} });
  const people = terms?.people ?? [];
  for (const person of people.filter(({ extensions }) => extensions.includes(digits)))
    found.push({ kind: 'person', text: person.name, change: { person: person.id } });
  if (
    typed === digits &&
    /^\d{2,6}$/.test(digits) &&
    people.some(({ extensions }) => extensions.some((one) => one.startsWith(digits)))
  )
    found.push({ kind: 'extension', text: digits, change: { extension: digits } });
  if (digits.length >= 4) {
    const end = digits.slice(-4);
    found.push({ kind: 'lastDigits', text: end, change: { lastDigits: end } });
  }
  for (const line of terms?.lines ?? [])
    if (digits.length >= 4 && line.did.replace('+', '').includes(digits.replace(/^0/, '')))
      found.push({ kind: 'line', text: line.name || line.did, change: { line: line.did } });
  return found;
}

function ofWords(word: string, terms: SearchTerms | undefined, named: Named): Suggestion[] {
  const all: Suggestion[] = [
    ...(terms?.people ?? []).map(({ id, name }) => ({
      kind: 'person' as const,
      text: name,
      change: { person: id },
    })),
    ...(terms?.lines ?? []).map(({ did, name }) => ({
      kind: 'line' as const,
      text: name || did,
      change: { line: did },
    })),
    ...(terms?.queues ?? []).map(({ id, name }) => ({
      kind: 'queue' as const,
      text: name,
      change: { queue: id },
    })),
    ...(terms?.clients ?? []).map(({ id, name }) => ({
      kind: 'client' as const,
      text: name,
      change: { client: id },
    })),
    ...Object.entries(named.purposes).map(([id, text]) => ({
      kind: 'purpose' as const,
      text,
      change: { purpose: id },
    })),
    ...Object.entries(named.presets).map(([name, text]) => ({
      kind: 'days' as const,
      text,
      change: {},
      preset: name as Preset,
    })),
    { kind: 'state', text: named.held, change: { held: 'true' } },
  ];
  const ranked = all
    .map((one) => ({ one, rank: rankOf(plain(one.text), word) }))
    .filter(({ rank }) => rank > 0);
  // Sorting is stable: what fits as well stays in the order above.
  return ranked.sort((a, b) => b.rank - a.rank).map(({ one }) => one);
}

/** 3 when it begins with the word, 2 when a part of it does, 1 when the word is in it, 0 when it is not. */
function rankOf(text: string, word: string): number {
  if (text.startsWith(word)) return 3;
  if (text.split(/[\s'’-]+/).some((part) => part.startsWith(word))) return 2;
  return text.includes(word) ? 1 : 0;
}

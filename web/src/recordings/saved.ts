/** Filters that somebody keeps, by name, in this browser: they are nobody else's, and no server has to know them. */
import { signal } from '@preact/signals';
import { remember, remembered } from '../shared/memory.ts';
import { type Filter, readFilter, writeFilter } from './filter.ts';

export interface Saved {
  name: string;
  /** As in an address. */
  query: string;
}

const MOST = 30;
let owner = '';
export const saved = signal<Saved[]>([]);

/** Takes up the filters of whoever is logged in. */
export function openSaved(user: string): void {
  owner = user;
  saved.value = parse(remembered(`filters.${user}`));
}

/** Keeps a filter; one of the same name is replaced. */
export function keepFilter(name: string, filter: Filter): void {
  const one = { name: name.trim().slice(0, 60), query: writeFilter(filter) };
  if (!one.name) return;
  store([...saved.peek().filter((other) => other.name !== one.name), one].slice(-MOST));
}

export function dropFilter(name: string): void {
  store(saved.peek().filter((one) => one.name !== name));
}

function store(all: Saved[]): void {
  saved.value = all;
  remember(`filters.${owner}`, JSON.stringify(all));
}

function parse(text: string | null): Saved[] {
  try {
    const all: unknown = JSON.parse(text ?? '[]');
    if (!Array.isArray(all)) return [];
    return all
      .filter((one) => typeof one?.name === 'string' && typeof one?.query === 'string')
      .map(({ name, query }) => ({ name, query: writeFilter(readFilter(`?${query}`)) }));
  } catch {
    return [];
  }
}

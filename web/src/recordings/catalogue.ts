/**
 * The list as this page knows it: one page of it at a time, so that half a million rows weigh as much as fifty. It
 * outlives the page: coming back from a recording finds the same rows at the same place.
 */
import { computed, signal } from '@preact/signals';
import { api } from '../shared/api.ts';
import { codeOf } from '../shared/api-error.ts';
import type { Recording, RecordingPage, SearchTerms } from '../shared/api-types.ts';
import { changed, type Filter, queryOf, writeFilter } from './filter.ts';

const PAGE = 50;
const NOTHING = { count: 0, more: false };

/** What was chosen; it stands in the address. */
export const filter = signal<Filter>({});
/** What is being typed would mean that: shown at once, and chosen by Enter. */
export const draft = signal<Filter | null>(null);
export const effective = computed<Filter>(() =>
  draft.value ? changed(filter.value, draft.value) : filter.value,
);

/** `undefined` until the first page has come. While another is awaited, the last one stays. */
export const recordings = signal<Recording[] | undefined>(undefined);
export const found = signal(NOTHING);
export const total = signal<number | undefined>(undefined);
/** Cursors of the pages up to this one; the first has none. */
const trail = signal<(string | null)[]>([null]);
export const pageNumber = computed(() => trail.value.length);
export const next = signal<string | null>(null);
/** How far back a search has come that has not found enough yet. */
export const searchedTo = signal<string | null>(null);
export const loading = signal(false);
/** Why the last request failed; `null` when it did not. */
export const problem = signal<string | null>(null);
export const refreshedAt = signal<string | null>(null);
/** What there is to be searched by; `undefined` until it has come. */
export const terms = signal<SearchTerms | undefined>(undefined);

let running: AbortController | undefined;

/** Asks for one page, again and again until it is full or the end is reached: a rare thing may be far back. */
async function ask(cursor: string | null, signal: AbortSignal): Promise<RecordingPage> {
  const rows: Recording[] = [];
  let first: RecordingPage | undefined;
  let at = cursor;
  for (;;) {
    const query = queryOf(effective.peek());
    query.set('limit', String(PAGE - rows.length));
    if (at) query.set('cursor', at);
    const page = await api.recordings(query, signal);
    first ??= page;
    rows.push(...page.recordings);
    if (!page.next || rows.length >= PAGE) return { ...first, recordings: rows, next: page.next };
    at = page.next;
    searchedTo.value = page.searchedTo ?? null;
  }
}

/**
 * Shows the page at the end of a trail; an older question that is still running is given up.
 * @param quiet nobody asked for it: that it is being fetched is not said, or a screen reader would say it each time
 */
async function show(cursors: (string | null)[], quiet = false): Promise<void> {
  running?.abort();
  const mine = new AbortController();
  running = mine;
  loading.value = !quiet;
  try {
    const page = await ask(cursors.at(-1) ?? null, mine.signal);
    if (running !== mine) return;
    recordings.value = page.recordings;
    trail.value = cursors;
    next.value = page.next;
    if (page.found) found.value = page.found;
    total.value = page.total;
    problem.value = null;
    refreshedAt.value = new Date().toISOString();
  } catch (error) {
    // Only what is still wanted may fail.
    if (running === mine) problem.value = codeOf(error);
  } finally {
    if (running === mine) {
      running = undefined;
      loading.value = false;
      searchedTo.value = null;
    }
  }
}

/** Asks for this page again, unless something is being asked already. */
export const refresh = () => (running ? Promise.resolve() : show(trail.peek(), true));
export const firstPage = () => show([null]);
export const nextPage = async () => (next.value ? show([...trail.peek(), next.value]) : undefined);
export const previousPage = async () =>
  trail.peek().length > 1 ? show(trail.peek().slice(0, -1)) : undefined;

/** Narrows the list down by something more, or something else. The address follows. */
export function choose(change: Filter): void {
  setFilter(changed(filter.peek(), change));
}

export function setFilter(chosen: Filter): void {
  draft.value = null;
  filter.value = chosen;
  keepInAddress();
  void firstPage();
}

/** Writes the filter into the address, which may be copied. */
export function keepInAddress(): void {
  const text = writeFilter(filter.peek());
  history.replaceState(null, '', `${location.pathname}${text && `?${text}`}`);
}

/** Shows what is being typed, without choosing it. */
export function preview(change: Filter | null): void {
  const before = writeFilter(effective.peek());
  draft.value = change;
  if (writeFilter(effective.peek()) !== before) void firstPage();
}

/** Learns what there is to be searched by; without it words find nothing, and digits still do. */
export async function learnTerms(): Promise<void> {
  terms.value = await api.searchTerms().catch(() => terms.peek());
}

/** Forgets the rows when the session ends. */
export function forgetRecordings(): void {
  running?.abort();
  running = undefined;
  recordings.value = undefined;
  terms.value = undefined;
  filter.value = {};
  draft.value = null;
  trail.value = [null];
  next.value = null;
  problem.value = null;
  loading.value = false;
}

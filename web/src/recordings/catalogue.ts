/**
 * The list as this page knows it: pages loaded so far, newest first. It outlives the page, so that coming back from a
 * recording finds the same rows at the same place.
 */
import { signal } from '@preact/signals';
import { api } from '../shared/api.ts';
import { codeOf } from '../shared/api-error.ts';
import type { Recording, RecordingPage } from '../shared/api-types.ts';

const PAGE = 50;

/** `undefined` until the first page has come. */
export const recordings = signal<Recording[] | undefined>(undefined);
export const total = signal(0);
export const next = signal<string | null>(null);
/** Why the last request failed; `null` when it did not. */
export const problem = signal<string | null>(null);
export const refreshedAt = signal<string | null>(null);
export const loadingMore = signal(false);

/** Puts a fresh first page over the rows known so far; rows that are older than the page stay. */
export function merge(known: Recording[], first: RecordingPage): Recording[] {
  const oldest = first.recordings.at(-1);
  if (!first.next || !oldest) return first.recordings;
  const fresh = new Set(first.recordings.map((recording) => recording.id));
  const older = known.filter(({ id, startedAt }) => !fresh.has(id) && startedAt <= oldest.startedAt);
  return [...first.recordings, ...older];
}

/** Asks for the first page again. */
export async function refresh(): Promise<void> {
  try {
    const first = await api.recordings(null, PAGE);
    const known = recordings.value ?? [];
    recordings.value = merge(known, first);
    // Deeper pages are kept, so the way to the next one is too.
    if (recordings.value.length === first.recordings.length) next.value = first.next;
    total.value = first.total;
    problem.value = null;
    refreshedAt.value = new Date().toISOString();
  } catch (error) {
    problem.value = codeOf(error);
  }
}

/** Adds the following page. */
export async function loadMore(): Promise<void> {
  if (!next.value || loadingMore.value) return;
  loadingMore.value = true;
  try {
    const page = await api.recordings(next.value, PAGE);
    const known = new Set(recordings.value?.map((recording) => recording.id));
    recordings.value = [...(recordings.value ?? []), ...page.recordings.filter(({ id }) => !known.has(id))];
    next.value = page.next;
    problem.value = null;
  } catch (error) {
    problem.value = codeOf(error);
  } finally {
    loadingMore.value = false;
  }
}

/** Forgets the rows when the session ends. */
export function forgetRecordings(): void {
  recordings.value = undefined;
  next.value = null;
  problem.value = null;
}

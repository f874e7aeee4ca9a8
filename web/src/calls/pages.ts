/** The list as the page knows it: one page of it at a time. */
import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { api } from '../shared/api.ts';
import { codeOf } from '../shared/api-error.ts';
import type { CallPage, ListedCall } from '../shared/call-list-types.ts';

const PAGE = 50;

/** Asks for one page, again and again until it is full or the end is reached: a rare thing may be far back. */
async function ask(
  query: string,
  cursor: string | null,
  signal: AbortSignal,
  back: (day: string | null) => void,
): Promise<CallPage> {
  const calls: ListedCall[] = [];
  for (let at = cursor; ; ) {
    const asked = new URLSearchParams(query);
    asked.set('limit', String(PAGE - calls.length));
    if (at) asked.set('cursor', at);
    const page = await api.calls(asked, signal);
    calls.push(...page.calls);
    if (!page.next || calls.length >= PAGE) return { calls, next: page.next };
    at = page.next;
    back(page.searchedTo ?? null);
  }
}

/** Pages of the calls that a question asks for. Another question begins with its first page. */
export function useCalls(query: string) {
  const rows = useSignal<ListedCall[] | undefined>(undefined);
  const trail = useSignal<(string | null)[]>([null]);
  const next = useSignal<string | null>(null);
  const loading = useSignal(true);
  const searchedTo = useSignal<string | null>(null);
  const problem = useSignal<string | null>(null);

  const list = useMemo(() => {
    let running: AbortController | undefined;
    async function show(cursors: (string | null)[], quiet = false): Promise<void> {
      running?.abort();
      const mine = new AbortController();
      running = mine;
      loading.value = !quiet;
      const back = (day: string | null) => {
        searchedTo.value = day;
      };
      try {
        const page = await ask(query, cursors.at(-1) ?? null, mine.signal, back);
        if (running !== mine) return;
        [rows.value, trail.value, next.value, problem.value] = [page.calls, cursors, page.next, null];
      } catch (error) {
        // Only what is still wanted may fail.
        if (running === mine) problem.value = codeOf(error);
      }
      if (running !== mine) return;
      running = undefined;
      [loading.value, searchedTo.value] = [false, null];
    }
    return {
      first: () => show([null]),
      refresh: () => (running ? Promise.resolve() : show(trail.peek(), true)),
      forth: async () => (next.peek() ? show([...trail.peek(), next.peek()]) : undefined),
      back: async () => (trail.peek().length > 1 ? show(trail.peek().slice(0, -1)) : undefined),
      giveUp: () => running?.abort(),
    };
  }, [query, rows, trail, next, loading, searchedTo, problem]);

  useEffect(() => {
    void list.first();
    return list.giveUp;
  }, [list]);
  return { rows, next, loading, searchedTo, problem, page: trail.value.length, ...list };
}

/**
 * The board as it comes from the server: a stream while the page can be seen. A browser connects again by itself; when
 * nothing comes for a while the board is asked for, so that a line that has died in silence is noticed too.
 */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { api } from '../shared/api.ts';
import { codeOf } from '../shared/api-error.ts';
import type { Board } from '../shared/board-types.ts';

const QUIET_MS = 15_000;
const AGAIN_MS = 2_000;
const TRANSIT_MS = 1_000;

export function useBoard() {
  const board = useSignal<Board | null>(null);
  /** Since when nothing is heard from the server; null while it is. */
  const lostSince = useSignal<string | null>(null);
  const problem = useSignal<string | null>(null);
  /** How far the clock of the box is ahead of this one, in ms. */
  const ahead = useSignal(0);

  useEffect(() => {
    let source: EventSource | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;

    function take(next: Board): void {
      const off = Date.parse(next.at) - Date.now();
      // The way takes a while, now more, now less: durations do not jump for that.
      if (Math.abs(off - ahead.value) > TRANSIT_MS) ahead.value = off;
      [board.value, lostSince.value, problem.value] = [next, null, null];
      wait(QUIET_MS);
    }
    function wait(ms: number): void {
      clearTimeout(timer);
      timer = setTimeout(() => void ask(), ms);
    }
    function lost(): void {
      lostSince.value ??= new Date().toISOString();
    }
    async function ask(): Promise<void> {
      try {
        take(await api.board());
        if (source?.readyState === EventSource.CLOSED) connect();
      } catch (error) {
        lost();
        problem.value = codeOf(error);
        wait(AGAIN_MS);
      }
    }
    function connect(): void {
      source?.close();
      source = api.boardLive();
      source.addEventListener('board', ({ data }) => take(JSON.parse(data) as Board));
      source.addEventListener('error', () => {
        lost();
        // Refused, and not only cut: asking says why.
        if (source?.readyState === EventSource.CLOSED) wait(AGAIN_MS);
      });
      wait(QUIET_MS);
    }
    function leave(): void {
      clearTimeout(timer);
      source?.close();
      source = undefined;
    }
    // Nobody looks: nothing is sent, and the session may go idle.
    const seen = () => (document.visibilityState === 'visible' ? connect() : leave());
    seen();
    document.addEventListener('visibilitychange', seen);
    return () => {
      document.removeEventListener('visibilitychange', seen);
      leave();
    };
  }, [board, lostSince, problem, ahead]);
  return { board, lostSince, problem, ahead };
}

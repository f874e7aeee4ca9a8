/** Fetches now and every few seconds while the page can be seen. */
import { useEffect } from 'preact/hooks';

export function usePoll(task: () => Promise<void>, seconds: number): void {
  useEffect(() => {
    let ended = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    async function round() {
      if (document.visibilityState === 'visible') await task();
      if (!ended) timer = setTimeout(round, seconds * 1000);
    }
    function seen() {
      clearTimeout(timer);
      if (document.visibilityState === 'visible') void round();
    }
    void round();
    document.addEventListener('visibilitychange', seen);
    return () => {
      ended = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', seen);
    };
  }, [task, seconds]);
}

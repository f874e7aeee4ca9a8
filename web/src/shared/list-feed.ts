/**
 * A list that is asked for again when the server says that it has changed, while the page can be seen. A browser connects
 * again by itself; what was missed meanwhile, or changed by a command on the box, is found every half minute.
 */
import { useEffect } from 'preact/hooks';
import { api } from './api.ts';
import { usePoll } from './poll.ts';

const POLL_SECONDS = 30;

/** @param refresh asks for what is shown once more; stays the same function while it shows the same */
export function useListFeed(refresh: () => Promise<void>): void {
  usePoll(refresh, POLL_SECONDS);
  useEffect(() => {
    let source: EventSource | undefined;
    const leave = () => source?.close();
    function seen() {
      leave();
      if (document.visibilityState !== 'visible') return;
      source = api.listsLive();
      source.addEventListener('changed', () => void refresh());
    }
    seen();
    document.addEventListener('visibilitychange', seen);
    return () => {
      document.removeEventListener('visibilitychange', seen);
      leave();
    };
  }, [refresh]);
}

/** Durations that run. One clock for the page ticks them all; figures of one width keep the layout still. */
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { clock, exactMoment } from '../shared/format.ts';

const now = signal(Date.now());

/** Lets the durations of a page run, by the clock of the box. */
export function useTicking(aheadMs: number): void {
  useEffect(() => {
    const tick = () => {
      now.value = Date.now() + aheadMs;
    };
    tick();
    const timer = setInterval(tick, 1_000);
    return () => clearInterval(timer);
  }, [aheadMs]);
}

/** How long something has lasted, as in 3:12. */
export function Running({ since }: { since: string }) {
  return (
    <time class="running figures" dateTime={since} title={exactMoment(since)}>
      {clock((now.value - Date.parse(since)) / 1_000)}
    </time>
  );
}

/** The keys of the page: between rows, between pages, to the search field and the help. Enter opens a row, as any link. */
import { useEffect } from 'preact/hooks';
import { plainKey } from './keyboard.ts';

/** What a key does besides moving between the rows. */
export type Keys = Record<string, () => void>;

const steps: Record<string, number> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

function move(event: KeyboardEvent, step: number): void {
  const rows = [...document.querySelectorAll<HTMLAnchorElement>('.row-link')];
  const here = rows.indexOf(document.activeElement as HTMLAnchorElement);
  // The arrows scroll as usual until a row is chosen.
  if (here < 0 && event.key.startsWith('Arrow')) return;
  event.preventDefault();
  const target = rows[here < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, here + step))];
  target?.focus();
  target?.closest('.row')?.scrollIntoView({ block: 'nearest' });
}

export function usePageKeys(keys: Keys): void {
  useEffect(() => {
    function pressed(event: KeyboardEvent) {
      const key = plainKey(event);
      // A dialog has the keys to itself.
      if (!key || document.querySelector('dialog[open]')) return;
      const step = steps[key];
      if (step) return move(event, step);
      const does = Object.hasOwn(keys, key) ? keys[key] : undefined;
      if (!does) return;
      event.preventDefault();
      does();
    }
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, [keys]);
}

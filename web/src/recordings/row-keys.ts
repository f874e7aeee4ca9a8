/** J and K, or the arrows, move between the rows; Enter opens one, as for any link. */
import { useEffect } from 'preact/hooks';
import { plainKey } from '../shared/keyboard.ts';

const steps: Record<string, number> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

function move(event: KeyboardEvent): void {
  const step = steps[plainKey(event) ?? ''];
  if (!step) return;
  const rows = [...document.querySelectorAll<HTMLAnchorElement>('.row-link')];
  const here = rows.indexOf(document.activeElement as HTMLAnchorElement);
  // The arrows scroll as usual until a row is chosen.
  if (here < 0 && event.key.startsWith('Arrow')) return;
  event.preventDefault();
  const target = rows[here < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, here + step))];
  target?.focus();
  target?.closest('.row')?.scrollIntoView({ block: 'nearest' });
}

export function useRowKeys(): void {
  useEffect(() => {
    addEventListener('keydown', move);
    return () => removeEventListener('keydown', move);
  }, []);
}

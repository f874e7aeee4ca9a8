/** Where the recording was paused, so that nobody takes it for a silence. What was said meanwhile is nowhere. */
import { clock } from '../shared/format.ts';
import { words } from '../shared/i18n.ts';
import type { Mark } from './mark.ts';
import type { Transport } from './transport.ts';

export function Marks({ marks, transport }: { marks: Mark[]; transport: Transport }) {
  const t = words.value.player;
  if (marks.length === 0) return null;
  return (
    <ul class="marks" aria-label={t.marks} data-testid="marks">
      {marks.map(({ from, to, reason }) => (
        <li key={from}>
          <button type="button" class="button small" data-testid="mark" onClick={() => transport.seek(to)}>
            {t.pauseReasons[reason] ?? t.pause} <span class="figures">{`${clock(from)}–${clock(to)}`}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

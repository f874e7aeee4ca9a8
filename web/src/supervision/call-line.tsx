/** A call in one line: which way, which line or queue, and whether it is recorded. */
import type { BoardCall } from '../shared/board-types.ts';
import { Masked } from '../shared/call-words.tsx';
import { Between, Inbound, Outbound } from '../shared/icons.tsx';
import { liveWords } from './words.ts';

const icons = { inbound: Inbound, outbound: Outbound, internal: Between };

export function CallLine({ call: { direction, line, queue, recorded, last4 } }: { call: BoardCall }) {
  const t = liveWords.value.call;
  const Icon = icons[direction];
  const through = [...new Set([line, queue])].filter(Boolean).join(' · ');
  return (
    <span class="call-line">
      <span class="direction" title={t.directions[direction]}>
        <Icon />
        <span class="for-ears">{t.directions[direction]}</span>
      </span>
      <span class="call-through">{through || t.directions[direction]}</span>
      {last4 && (
        <span class="small muted">
          <Masked last4={last4} />
        </span>
      )}
      {recorded !== 'no' && <span class={`recorded small ${recorded}`}>{t.recorded[recorded]}</span>}
    </span>
  );
}

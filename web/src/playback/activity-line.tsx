/** How the time is shared, as a bar and in words; and the silences, which can be skipped. */
import { percent } from '../shared/format.ts';
import { words } from '../shared/i18n.ts';
import type { Activity } from './activity.ts';
import type { Transport } from './transport.ts';

export function ActivityLine({ activity, transport }: { activity: Activity; transport: Transport }) {
  const t = words.value.player;
  const { outside, inside, neither, silences } = activity;
  const parts = [
    ['outside', t.outside, outside],
    ['inside', t.inside, inside],
    ['neither', t.silence, neither],
  ] as const;
  return (
    <div class="activity">
      <ul class="shares" aria-label={t.shares} data-testid="shares">
        {parts.map(([id, name, share]) => (
          <li key={id} data-testid={`share-${id}`} data-share={share.toFixed(2)}>
            <span class={`swatch ${id}`} aria-hidden="true" />
            {name} <span class="figures">{percent(share)}</span>
          </li>
        ))}
      </ul>
      {silences.length > 0 && (
        <button
          type="button"
          class="button small"
          aria-pressed={transport.skipping.value}
          data-testid="skip-silence"
          onClick={transport.toggleSkipping}
        >
          {t.skipSilence(silences.length)}
        </button>
      )}
    </div>
  );
}

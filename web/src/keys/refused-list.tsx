/** Recordings that could not be handed over to the new key, with the reason of each. */
import { count } from '../shared/format.ts';
import { words } from '../shared/i18n.ts';
import type { Refused } from '../shared/key-types.ts';
import { addressOf, follow } from '../shared/router.ts';
import { refusalCode } from './reasons.ts';

const SHOWN = 20;

export function RefusedList({ refused }: { refused: Refused[] }) {
  const t = words.value.rotation;
  if (refused.length === 0) return null;
  const more = refused.length - SHOWN;
  return (
    <div class="refused" data-testid="rotation-refused">
      <h3>{t.refused(refused.length, count(refused.length))}</h3>
      <p class="hint">{t.refusedHint(refused.length)}</p>
      <ul>
        {refused.slice(0, SHOWN).map(({ id, reason }) => (
          <li key={id}>
            <a href={addressOf(id)} onClick={follow}>
              <code>{id}</code>
            </a>
            <span class="small">{t.refusedReasons[refusalCode(reason)] ?? reason}</span>
          </li>
        ))}
      </ul>
      {more > 0 && <p class="muted small">{t.refusedMore(more, count(more))}</p>}
    </div>
  );
}

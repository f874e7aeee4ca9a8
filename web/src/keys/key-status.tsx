/** In the header while a key is unlocked: whose it is, and the button that locks it. */
import { words } from '../shared/i18n.ts';
import { Unlock } from '../shared/icons.tsx';
import { opener } from './key-holder.ts';

export function KeyStatus() {
  const key = opener.key.value;
  if (!key) return null;
  const t = words.value.keys;
  return (
    <button
      type="button"
      class="button small key-status"
      data-testid="lock-button"
      title={`${t.unlocked}: ${key.owner}\n${t.lockKey}`}
      onClick={() => opener.lock()}
    >
      <Unlock />
      <span class="key-status-text">{t.lock}</span>
    </button>
  );
}

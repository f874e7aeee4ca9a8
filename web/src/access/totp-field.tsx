/** The second factor; it appears when the server asks for it, and takes the focus. */
import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';
import { words } from '../shared/i18n.ts';

export function TotpField({ field }: { field: RefObject<HTMLInputElement | null> }) {
  const t = words.value.access;
  useEffect(() => field.current?.focus(), [field]);
  return (
    <div class="field">
      <label for="totp">{t.totp}</label>
      <input
        id="totp"
        ref={field}
        class="code"
        inputMode="numeric"
        autocomplete="one-time-code"
        pattern="[0-9 ]{6,7}"
        maxLength={7}
        required
        aria-describedby="totp-hint"
        data-testid="login-totp"
      />
      <p class="hint" id="totp-hint">
        {t.totpHint}
      </p>
    </div>
  );
}

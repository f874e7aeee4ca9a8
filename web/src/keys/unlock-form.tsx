/** Choose or paste the private key, type its passphrase, unlock. */
import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { codeOf } from '../shared/api-error.ts';
import { words } from '../shared/i18n.ts';
import { Unlock } from '../shared/icons.tsx';
import { SecretField } from '../shared/secret-field.tsx';
import { Banner, Failure } from '../shared/ui.tsx';
import { lockedByItself } from './auto-lock.ts';
import { KeyField } from './key-field.tsx';
import { unlockKey } from './key-holder.ts';

export function UnlockForm() {
  const armored = useSignal('');
  const passphrase = useRef<HTMLInputElement>(null);
  const busy = useSignal(false);
  const problem = useSignal<string | null>(null);
  const t = words.value.keys;

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    if (!armored.value.trim()) problem.value = 'key-missing';
    if (busy.value || !armored.value.trim()) return;
    busy.value = true;
    problem.value = null;
    await unlockKey(armored.value, passphrase.current?.value ?? '').catch((error: unknown) => {
      problem.value = codeOf(error);
      passphrase.current?.select();
    });
    busy.value = false;
  }

  return (
    <form class="unlock" data-testid="unlock-form" onSubmit={submit} aria-busy={busy.value}>
      <h3>{t.title}</h3>
      <p class="muted">{t.hint}</p>
      {lockedByItself.value && !problem.value && (
        <Banner tone="info" testId="locked-by-itself">
          {t.lockedAgain}
        </Banner>
      )}
      {problem.value && <Failure code={problem.value} testId="unlock-error" />}
      <KeyField armored={armored} />
      <SecretField
        id="passphrase"
        field={passphrase}
        label={t.passphrase}
        show={t.showPassphrase}
        hide={t.hidePassphrase}
        autocomplete="off"
        testId="key-passphrase"
      />
      <button type="submit" class="button primary" disabled={busy.value} data-testid="unlock-button">
        <Unlock />
        {busy.value ? t.unlocking : t.unlock}
      </button>
    </form>
  );
}

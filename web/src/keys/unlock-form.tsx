/** Unlock by the passphrase of the personal key that the box keeps, or by a key file; whichever there is comes first. */
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { may } from '../access/session.ts';
import { codeOf } from '../shared/api-error.ts';
import { words } from '../shared/i18n.ts';
import { Unlock } from '../shared/icons.tsx';
import { SecretField } from '../shared/secret-field.tsx';
import { Banner, Bone, Failure } from '../shared/ui.tsx';
import { lockedByItself } from './auto-lock.ts';
import { KeyField } from './key-field.tsx';
import { unlockKey } from './key-holder.ts';
import { loadOwnKeys, ownKeys } from './own-keys.ts';
import { keyWords } from './words.ts';

export function UnlockForm() {
  const armored = useSignal('');
  const byFile = useSignal(false);
  const passphrase = useRef<HTMLInputElement>(null);
  const busy = useSignal(false);
  const problem = useSignal<string | null>(null);
  // What is shared with this person may have changed since the page was opened.
  useEffect(() => void loadOwnKeys(may('keys:own')), []);
  const t = words.value.keys;
  const own = ownKeys.value;
  const personal = own?.personal ?? null;
  const withFile = personal === null || byFile.value;

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    const key = withFile ? armored.value : (personal ?? '');
    if (!key.trim()) problem.value = 'key-missing';
    if (busy.value || !key.trim()) return;
    busy.value = true;
    problem.value = null;
    await unlockKey(key, passphrase.current?.value ?? '', own?.groups ?? []).catch((error: unknown) => {
      problem.value = codeOf(error);
      passphrase.current?.select();
    });
    busy.value = false;
  }

  return (
    <form class="unlock" data-testid="unlock-form" onSubmit={submit} aria-busy={busy.value}>
      <h3>{t.title}</h3>
      <p class="muted">{withFile ? t.hint : keyWords.value.unlock.hint}</p>
      {lockedByItself.value && !problem.value && (
        <Banner tone="info" testId="locked-by-itself">
          {t.lockedAgain}
        </Banner>
      )}
      {problem.value && <Failure code={problem.value} testId="unlock-error" />}
      {own === undefined ? <Bone width="l" /> : withFile && <KeyField armored={armored} />}
      <SecretField
        id="passphrase"
        field={passphrase}
        label={t.passphrase}
        show={t.showPassphrase}
        hide={t.hidePassphrase}
        autocomplete="off"
        testId="key-passphrase"
      />
      <button
        type="submit"
        class="button primary"
        disabled={busy.value || own === undefined}
        data-testid="unlock-button"
      >
        <Unlock />
        {busy.value ? t.unlocking : t.unlock}
      </button>
      {personal !== null && (
        <button
          type="button"
          class="link-button"
          data-testid="unlock-way"
          onClick={() => {
            [byFile.value, problem.value, armored.value] = [!byFile.value, null, ''];
          }}
        >
          {withFile ? keyWords.value.unlock.byPhrase : keyWords.value.unlock.byFile}
        </button>
      )}
    </form>
  );
}

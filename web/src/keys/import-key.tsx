/** A key of one's own from a file: opened here, put under its passphrase again in a form that gpg 2.2 reads, kept. */
import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { codeOf } from '../shared/api-error.ts';
import { words } from '../shared/i18n.ts';
import { SecretField } from '../shared/secret-field.tsx';
import { Failure } from '../shared/ui.tsx';
import { KeyField } from './key-field.tsx';
import { protectKey } from './key-making.ts';
import { strengthOf } from './strength.ts';
import { keyWords } from './words.ts';

export function ImportKey({ keep, cancel }: { keep(armored: string): Promise<void>; cancel(): void }) {
  const armored = useSignal('');
  const passphrase = useRef<HTMLInputElement>(null);
  const busy = useSignal(false);
  const problem = useSignal<string | null>(null);
  const t = keyWords.value.own;
  async function submit(event: SubmitEvent) {
    event.preventDefault();
    const typed = passphrase.current?.value ?? '';
    // On the box the passphrase is all that protects it.
    const weak = !['fair', 'strong'].includes(strengthOf(typed));
    problem.value = armored.value.trim() ? (weak ? 'passphrase-weak' : null) : 'key-missing';
    if (busy.value || problem.value) return;
    busy.value = true;
    try {
      await keep((await protectKey(armored.value, typed, typed)).privateKey);
    } catch (error) {
      problem.value = codeOf(error);
    }
    busy.value = false;
  }
  return (
    <form class="enrol-form" onSubmit={submit} aria-busy={busy.value} data-testid="import-form">
      <p class="hint">{t.importHint}</p>
      {problem.value && <Failure code={problem.value} testId="import-error" />}
      <KeyField armored={armored} id="own" />
      <SecretField
        id="own-passphrase"
        field={passphrase}
        label={words.value.keys.passphrase}
        show={words.value.keys.showPassphrase}
        hide={words.value.keys.hidePassphrase}
        autocomplete="off"
        testId="own-passphrase"
      />
      <button type="submit" class="button primary" disabled={busy.value} data-testid="import-submit">
        {busy.value ? t.importing : t.importSubmit}
      </button>
      <button type="button" class="link-button" onClick={cancel}>
        {keyWords.value.maker.cancel}
      </button>
    </form>
  );
}

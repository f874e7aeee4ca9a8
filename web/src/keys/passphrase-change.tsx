/** The same personal key under another passphrase: opened and closed again in the worker, then handed in. */
import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { session } from '../access/session.ts';
import { codeOf } from '../shared/api-error.ts';
import { words } from '../shared/i18n.ts';
import { keyApi } from '../shared/key-api.ts';
import type { OwnKeys } from '../shared/key-types.ts';
import { SecretField } from '../shared/secret-field.tsx';
import { Banner, Failure } from '../shared/ui.tsx';
import { protectKey } from './key-making.ts';
import { NewPassphrase, usePassphrase } from './new-passphrase.tsx';
import { fileOf } from './own-key-card.tsx';
import { loadOwnKeys } from './own-keys.ts';
import type { MadeKey } from './protocol.ts';
import { SaveFile } from './save-file.tsx';
import { keyWords } from './words.ts';

export function ChangePassphrase({ keys, cancel }: { keys: OwnKeys; cancel(): void }) {
  const done = useSignal<MadeKey | null>(null);
  const t = keyWords.value.own;
  if (!done.value)
    return (
      <Form
        armored={keys.personal ?? ''}
        cancel={cancel}
        done={(made) => {
          done.value = made;
        }}
      />
    );
  const { privateKey, fingerprint } = done.value;
  return (
    <Banner tone="info" testId="passphrase-changed">
      <p>{t.changed}</p>
      <SaveFile
        name={fileOf(session.value?.user ?? '', fingerprint)}
        text={privateKey}
        label={t.backup}
        testId="changed-backup"
        saved={cancel}
      />
    </Banner>
  );
}

function Form(props: { armored: string; done(made: MadeKey): void; cancel(): void }) {
  const before = useRef<HTMLInputElement>(null);
  const { chosen, fault, value } = usePassphrase();
  const busy = useSignal(false);
  const problem = useSignal<string | null>(null);
  const t = keyWords.value.own;
  async function submit(event: SubmitEvent) {
    event.preventDefault();
    problem.value = fault();
    if (busy.value || problem.value) return;
    busy.value = true;
    try {
      const made = await protectKey(props.armored, before.current?.value ?? '', value());
      await keyApi.keepOwnKey(made.privateKey, false);
      await loadOwnKeys(true);
      props.done(made);
    } catch (error) {
      problem.value = codeOf(error);
    }
    busy.value = false;
  }
  return (
    <form class="enrol-form" onSubmit={submit} aria-busy={busy.value} data-testid="change-form">
      {problem.value && <Failure code={problem.value} testId="change-error" />}
      <SecretField
        id="passphrase-before"
        field={before}
        label={t.before}
        show={words.value.keys.showPassphrase}
        hide={words.value.keys.hidePassphrase}
        autocomplete="off"
        testId="passphrase-before"
      />
      <NewPassphrase id="next-passphrase" chosen={chosen} />
      <button type="submit" class="button primary" disabled={busy.value} data-testid="change-submit">
        {busy.value ? t.changing : t.changeSubmit}
      </button>
      <button type="button" class="link-button" onClick={props.cancel}>
        {keyWords.value.maker.cancel}
      </button>
    </form>
  );
}

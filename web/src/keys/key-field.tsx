/** The private key, from a file or pasted. It is read here and goes to the worker, nowhere else. */
import { type Signal, useSignal } from '@preact/signals';
import { words } from '../shared/i18n.ts';
import { File as FileIcon } from '../shared/icons.tsx';

export function KeyField({ armored }: { armored: Signal<string> }) {
  const pasting = useSignal(false);
  const t = words.value.keys;
  return (
    <div class="field">
      {pasting.value ? <Paste armored={armored} /> : <Choose armored={armored} />}
      <button
        type="button"
        class="link-button"
        data-testid="key-paste-switch"
        onClick={() => {
          pasting.value = !pasting.value;
          armored.value = '';
        }}
      >
        {pasting.value ? t.orFile : t.orPaste}
      </button>
    </div>
  );
}

function Paste({ armored }: { armored: Signal<string> }) {
  return (
    <>
      <label for="key-text">{words.value.keys.paste}</label>
      <textarea
        id="key-text"
        class="key-text"
        rows={5}
        spellcheck={false}
        autocomplete="off"
        placeholder="-----BEGIN PGP PRIVATE KEY BLOCK-----"
        data-testid="key-text"
        onInput={(event) => {
          armored.value = event.currentTarget.value;
        }}
      />
    </>
  );
}

function Choose({ armored }: { armored: Signal<string> }) {
  const name = useSignal('');
  const t = words.value.keys;
  async function read(input: HTMLInputElement) {
    const file = input.files?.[0];
    name.value = file?.name ?? '';
    armored.value = file ? await file.text() : '';
  }
  return (
    <>
      <label for="key-file">{t.file}</label>
      <div class="file-field">
        <input
          id="key-file"
          type="file"
          accept=".asc,.gpg,.pgp,.key,.txt"
          data-testid="key-file"
          onChange={(event) => void read(event.currentTarget)}
        />
        <span class="file-face" aria-hidden="true">
          <FileIcon />
          <span class={name.value ? '' : 'muted'}>{name.value || t.chooseFile}</span>
        </span>
      </div>
    </>
  );
}

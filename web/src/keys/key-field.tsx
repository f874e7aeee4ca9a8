/** The private key, from a file or pasted. It is read here and goes to the worker, nowhere else. */
import { type Signal, useSignal } from '@preact/signals';
import { words } from '../shared/i18n.ts';
import { File as FileIcon } from '../shared/icons.tsx';

export interface KeyFieldProps {
  armored: Signal<string>;
  /** Of the field, and what tests find it by; `key` where there is one only. */
  id?: string;
  label?: string;
}

export function KeyField({ armored, id = 'key', label }: KeyFieldProps) {
  const pasting = useSignal(false);
  const t = words.value.keys;
  return (
    <div class="field">
      {pasting.value ? (
        <Paste armored={armored} id={id} />
      ) : (
        <Choose armored={armored} id={id} label={label} />
      )}
      <button
        type="button"
        class="link-button"
        data-testid={`${id}-paste-switch`}
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

function Paste({ armored, id }: Required<Pick<KeyFieldProps, 'armored' | 'id'>>) {
  return (
    <>
      <label for={`${id}-text`}>{words.value.keys.paste}</label>
      <textarea
        id={`${id}-text`}
        class="key-text"
        rows={5}
        spellcheck={false}
        autocomplete="off"
        placeholder="-----BEGIN PGP PRIVATE KEY BLOCK-----"
        data-testid={`${id}-text`}
        onInput={(event) => {
          armored.value = event.currentTarget.value;
        }}
      />
    </>
  );
}

export function Choose({
  armored,
  id,
  label,
}: {
  armored: Signal<string>;
  id: string;
  label: string | undefined;
}) {
  const name = useSignal('');
  const t = words.value.keys;
  async function read(input: HTMLInputElement) {
    const file = input.files?.[0];
    name.value = file?.name ?? '';
    armored.value = file ? await file.text() : '';
  }
  return (
    <>
      <label for={`${id}-file`}>{label ?? t.file}</label>
      <div class="file-field">
        <input
          id={`${id}-file`}
          type="file"
          accept=".asc,.gpg,.pgp,.key,.txt"
          data-testid={`${id}-file`}
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

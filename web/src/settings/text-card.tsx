/** All settings as one text: to be taken away, written in, or brought back. */
import { useSignal } from '@preact/signals';
import { codeOf } from '../shared/api-error.ts';
import { File as FileIcon } from '../shared/icons.tsx';
import { settingsApi as api } from '../shared/settings-api.ts';
import { Failure } from '../shared/ui.tsx';
import { applied, drafts, draftText, plan, problem } from './planning.ts';
import { settingsWords } from './words.ts';

/** As much as the server takes. */
const LARGEST = 1_000_000;

export function TextCard() {
  const t = settingsWords.value;
  const failed = useSignal<string | null>(null);
  const formsFirst = drafts.value.size > 0;
  const write = (text: string | null) => {
    draftText.value = text;
    [plan.value, applied.value, problem.value] = [null, null, null];
  };
  async function open() {
    try {
      write(await api.settingsText());
      failed.value = null;
    } catch (error) {
      failed.value = codeOf(error);
    }
  }
  async function bring(input: HTMLInputElement) {
    const file = input.files?.[0];
    if (!file) return;
    failed.value = file.size > LARGEST ? 'bad-request' : null;
    if (file.size <= LARGEST) write(await file.text());
  }
  return (
    <section class="card text-card" data-testid="settings-text">
      <h2>{t.text.title}</h2>
      <p class="hint">{t.text.hint}</p>
      {failed.value && <Failure code={failed.value} testId="text-error" />}
      {draftText.value !== null && (
        <div class="field">
          <label for="settings-yaml">{t.text.label}</label>
          <textarea
            id="settings-yaml"
            class="key-text"
            rows={24}
            spellcheck={false}
            autocomplete="off"
            maxLength={LARGEST}
            data-testid="settings-yaml"
            value={draftText.value}
            onInput={({ currentTarget }) => write(currentTarget.value)}
          />
        </div>
      )}
      <div class="actions">
        {draftText.value === null && (
          <button
            type="button"
            class="button small"
            data-testid="text-open"
            disabled={formsFirst}
            onClick={() => void open()}
          >
            {t.text.open}
          </button>
        )}
        <a class="button small" href={api.settingsAddress} download="policies.yaml" data-testid="text-export">
          {t.text.export}
        </a>
      </div>
      {formsFirst ? (
        <p class="hint">{t.text.formsFirst}</p>
      ) : (
        <div class="field">
          <label for="settings-file">{t.text.bring}</label>
          <div class="file-field">
            <input
              id="settings-file"
              type="file"
              accept=".yaml,.yml,.txt"
              data-testid="settings-file"
              onClick={({ currentTarget }) => {
                currentTarget.value = '';
              }}
              onChange={({ currentTarget }) => void bring(currentTarget)}
            />
            <span class="file-face" aria-hidden="true">
              <FileIcon />
              <span class="muted">{t.text.choose}</span>
            </span>
          </div>
        </div>
      )}
    </section>
  );
}

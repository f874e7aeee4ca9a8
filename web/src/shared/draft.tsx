/** A draft that the box makes: read here, copied, kept as a file. A person completes and sends it. */
import { useSignal } from '@preact/signals';
import { useCallback, useEffect } from 'preact/hooks';
import { language as spoken, wordsOf } from './i18n.ts';
import { lawApi } from './law-api.ts';
import { useLoaded } from './loaded.ts';
import { Bone, Failure } from './ui.tsx';

const draftWords = wordsOf({
  fr: {
    language: 'Langue du projet',
    copy: 'Copier',
    copied: 'Copié',
    uncopied: 'Le navigateur ne l’a pas copié : sélectionnez le texte.',
    keep: 'Télécharger',
  },
  en: {
    language: 'Language of the draft',
    copy: 'Copy',
    copied: 'Copied',
    uncopied: 'The browser did not copy it: select the text.',
    keep: 'Download',
  },
});

export interface DraftProps {
  address(language: 'fr' | 'en'): string;
  name: string;
  testId: string;
}

export function Draft({ address, name, testId }: DraftProps) {
  const language = useSignal<'fr' | 'en'>(spoken.peek());
  const said = useSignal('');
  const from = address(language.value);
  const { value, problem, load } = useLoaded(useCallback(() => lawApi.text(from), [from]));
  // What was said of the one is not said of the other.
  useEffect(() => {
    said.value = '';
  }, [from, said]);
  const t = draftWords.value;
  async function copy() {
    const copied = navigator.clipboard?.writeText(value.value ?? '');
    said.value = await (copied ?? Promise.reject()).then(
      () => t.copied,
      () => t.uncopied,
    );
  }
  return (
    <div class="draft" data-testid={testId}>
      <div class="draft-head">
        <fieldset class="draft-languages" aria-label={t.language}>
          {(['fr', 'en'] as const).map((one) => (
            <button
              type="button"
              key={one}
              class="button small"
              aria-pressed={language.value === one}
              data-testid={`${testId}-${one}`}
              onClick={() => {
                language.value = one;
              }}
            >
              {one === 'fr' ? 'Français' : 'English'}
            </button>
          ))}
        </fieldset>
        <div class="actions">
          <span class="hint" role="status">
            {said.value}
          </span>
          <button
            type="button"
            class="button small"
            data-testid={`${testId}-copy`}
            onClick={() => void copy()}
          >
            {t.copy}
          </button>
          <a class="button small" href={from} download data-testid={`${testId}-keep`}>
            {t.keep}
          </a>
        </div>
      </div>
      {problem.value && <Failure code={problem.value} testId={`${testId}-error`} retry={() => void load()} />}
      {value.value === null && !problem.value && <Bone width="l" />}
      {value.value !== null && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keyboard
        <section class="draft-text" tabIndex={0} aria-label={name} lang={language.value}>
          {value.value}
        </section>
      )}
    </div>
  );
}

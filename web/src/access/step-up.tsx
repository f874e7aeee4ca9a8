/** The second factor once more, in a dialog: whatever asked for it goes on by itself afterwards. */
import { signal, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { api, onStepUpNeeded } from '../shared/api.ts';
import { codeOf } from '../shared/api-error.ts';
import { Failure } from '../shared/ui.tsx';
import { CodeField, digitsIn } from './new-password.tsx';
import { accessWords } from './words.ts';

/** Answers whoever waits; null when nobody does. */
const waiting = signal<((given: boolean) => void) | null>(null);

onStepUpNeeded(
  () =>
    new Promise<boolean>((resolve) => {
      waiting.peek()?.(false);
      waiting.value = resolve;
    }),
);

export function StepUpDialog() {
  return waiting.value ? <Dialog answer={waiting.value} /> : null;
}

function Dialog({ answer }: { answer: (given: boolean) => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const code = useRef<HTMLInputElement>(null);
  const problem = useSignal<string | null>(null);
  const t = accessWords.value.stepUp;
  useEffect(() => {
    dialog.current?.showModal();
    code.current?.focus();
  }, []);
  function end(given: boolean) {
    waiting.value = null;
    answer(given);
  }
  async function submit(event: SubmitEvent) {
    event.preventDefault();
    try {
      await api.stepUp(digitsIn(code));
      end(true);
    } catch (error) {
      problem.value = codeOf(error);
      code.current?.select();
    }
  }
  return (
    <dialog ref={dialog} class="card dialog" aria-labelledby="step-up-title" onCancel={() => end(false)}>
      <form class="enrol-form" onSubmit={submit} data-testid="step-up">
        <h2 id="step-up-title">{t.title}</h2>
        <p class="muted">{t.hint}</p>
        {problem.value && <Failure code={problem.value} testId="step-up-error" />}
        <CodeField field={code} label={t.code} id="step-up-code" />
        <div class="actions">
          <button type="submit" class="button primary" data-testid="step-up-submit">
            {t.submit}
          </button>
          <button type="button" class="button" onClick={() => end(false)}>
            {t.cancel}
          </button>
        </div>
      </form>
    </dialog>
  );
}

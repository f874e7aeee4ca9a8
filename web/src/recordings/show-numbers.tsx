/** The way to whole numbers: a reason, the key, and each row tells who called. */
import { useSignal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useRef } from 'preact/hooks';
import { words } from '../shared/i18n.ts';
import { Eye, EyeOff } from '../shared/icons.tsx';
import type { Opener } from '../shared/opener.ts';
import { Failure } from '../shared/ui.tsx';
import { numbers, problem, why } from './numbers.ts';
import { searchWords } from './words.ts';

const REASONS = ['quality', 'training', 'complaint', 'dispute', 'rights', 'incident', 'other'] as const;
const SHORTEST_OTHER = 10;

export interface ShowNumbersProps {
  opener: Opener;
  UnlockForm: ComponentType;
  /** Whether the way is open. */
  asked: { value: boolean };
}

export function NumbersButton({ asked }: Pick<ShowNumbersProps, 'asked'>) {
  const t = searchWords.value;
  const shown = why.value !== null;
  function press() {
    if (!shown) asked.value = !asked.value;
    else {
      numbers.value = new Map();
      why.value = null;
      asked.value = false;
    }
  }
  return (
    <button
      type="button"
      class="button small"
      aria-pressed={shown}
      aria-expanded={shown ? undefined : asked.value}
      data-testid="show-numbers"
      onClick={press}
    >
      {shown ? <EyeOff /> : <Eye />} {shown ? t.hideNumbers : t.showNumbers}
    </button>
  );
}

export function NumbersPanel({ opener, UnlockForm, asked }: ShowNumbersProps) {
  const t = searchWords.value;
  const locked = opener.key.value === null;
  if (problem.value)
    return <Failure code={problem.value} testId="numbers-error" retry={() => retry(asked)} />;
  if (!asked.value || (why.value && !locked)) return null;
  return (
    <section class="card numbers" aria-label={t.numbersTitle} data-testid="numbers-panel">
      <h2>{t.numbersTitle}</h2>
      <p class="muted">{t.numbersHint}</p>
      {why.value ? <UnlockForm /> : <ReasonFields asked={asked} />}
    </section>
  );
}

function retry(asked: { value: boolean }): void {
  problem.value = null;
  asked.value = true;
}

function ReasonFields({ asked }: Pick<ShowNumbersProps, 'asked'>) {
  const t = searchWords.value;
  const l = words.value.listen;
  const chosen = useSignal('');
  const note = useRef<HTMLInputElement>(null);
  function submit(event: SubmitEvent) {
    event.preventDefault();
    why.value = { code: chosen.value, note: note.current?.value ?? '' };
  }
  return (
    <form class="numbers-reason" onSubmit={submit}>
      <select
        required
        aria-label={t.numbersReason}
        data-testid="numbers-reason"
        value={chosen.value}
        onChange={(event) => {
          chosen.value = event.currentTarget.value;
        }}
      >
        <option value="">{l.choose}</option>
        {REASONS.map((reason) => (
          <option value={reason} key={reason}>
            {l.reasons[reason]}
          </option>
        ))}
      </select>
      {chosen.value === 'other' && (
        <input
          ref={note}
          required
          minLength={SHORTEST_OTHER}
          maxLength={200}
          autocomplete="off"
          aria-label={l.note}
          placeholder={l.noteHint}
        />
      )}
      <button type="submit" class="button primary small" data-testid="numbers-go">
        {t.numbersGo}
      </button>
      <button
        type="button"
        class="button small"
        onClick={() => {
          asked.value = false;
        }}
      >
        {t.numbersCancel}
      </button>
    </form>
  );
}

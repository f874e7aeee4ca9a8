/** Why one listens: asked first, written to the audit log by the server before anything leaves. */
import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { words } from '../shared/i18n.ts';

const REASONS = ['quality', 'training', 'complaint', 'dispute', 'rights', 'incident', 'other'] as const;
/** What "other" is has to be said in as many characters at least; the server asks for it too. */
const SHORTEST_OTHER = 10;

/** The reason as the audit log keeps it: a word of the list, and what was added to it. */
export function reasonText(reason: string, note: string): string {
  return note.trim() ? `${reason}: ${note.trim()}` : reason;
}

export function ReasonForm({
  needsKey,
  onReason,
}: {
  needsKey: boolean;
  onReason: (reason: string) => void;
}) {
  const chosen = useSignal('');
  const note = useRef<HTMLInputElement>(null);
  const t = words.value.listen;

  function submit(event: SubmitEvent) {
    event.preventDefault();
    onReason(reasonText(chosen.value, note.current?.value ?? ''));
  }

  return (
    <form class="reason" data-testid="reason-form" onSubmit={submit}>
      <div class="field">
        <label for="reason">{t.reason}</label>
        <select
          id="reason"
          required
          aria-describedby="reason-hint"
          data-testid="reason-select"
          value={chosen.value}
          onChange={(event) => {
            chosen.value = event.currentTarget.value;
          }}
        >
          <option value="">{t.choose}</option>
          {REASONS.map((reason) => (
            <option value={reason} key={reason}>
              {t.reasons[reason]}
            </option>
          ))}
        </select>
        <p class="hint" id="reason-hint">
          {t.reasonHint}
        </p>
      </div>
      <div class="field">
        <label for="note">
          {t.note} {chosen.value !== 'other' && <span class="muted">({t.noteOptional})</span>}
        </label>
        <input
          id="note"
          ref={note}
          maxLength={200}
          minLength={chosen.value === 'other' ? SHORTEST_OTHER : undefined}
          autocomplete="off"
          required={chosen.value === 'other'}
          aria-describedby="note-hint"
          data-testid="reason-note"
        />
        <p class="hint" id="note-hint">
          {t.noteHint}
        </p>
      </div>
      <button type="submit" class="button primary" data-testid="reason-submit">
        {needsKey ? t.continue : t.submit}
      </button>
    </form>
  );
}

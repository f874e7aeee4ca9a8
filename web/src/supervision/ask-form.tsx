/** Why somebody wants to listen: asked before the phone rings, and written to the audit log before anything is heard. */
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { api } from '../shared/api.ts';
import type { BoardAgent } from '../shared/board-types.ts';
import { words } from '../shared/i18n.ts';
import { Banner } from '../shared/ui.tsx';
import { BrowserComing } from './browser-line.tsx';
import { PhoneChoice, phoneChosen } from './phone-choice.tsx';
import { refusalOf } from './refusals.ts';
import type { Supervision, Wish } from './sessions.ts';
import { liveWords } from './words.ts';

/** What "other" is has to be said in as many characters at least; the server asks for it too. */
const SHORTEST_OTHER = 10;

interface AskFormProps {
  wish: Wish;
  agent: BoardAgent;
  supervision: Supervision;
}

export function AskForm({ wish, agent, supervision }: AskFormProps) {
  const { mode, extension } = wish;
  const phones = supervision.phones.value;
  const chosen = useSignal<string | null>(null);
  chosen.value ??= phoneChosen(phones);
  const phone = chosen.value;
  const here = phone !== null && phone === phones?.browser;
  const reasons = useReasons();
  const code = useSignal('');
  const busy = useSignal(false);
  const problem = useSignal<string | null>(null);
  const first = useRef<HTMLSelectElement>(null);
  const note = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  const t = liveWords.value.ask;
  const w = words.value.listen;
  const names: Record<string, string> = w.reasons;

  function close(): void {
    if (busy.value) supervision.browser.leave();
    supervision.asking.value = null;
    wish.opener.focus();
  }
  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (busy.value) return;
    busy.value = true;
    const reason = note.current?.value.trim();
    problem.value = await supervision.begin({
      extension,
      mode,
      code: code.value,
      ...(phone && { phone }),
      ...(reason && { reason }),
    });
    busy.value = false;
    if (!problem.value) supervision.asking.value = null;
  }
  return (
    <form
      class="live-ask"
      onSubmit={(event) => void submit(event)}
      onKeyDown={({ key }) => key === 'Escape' && close()}
      aria-label={t.title(liveWords.value.modes[mode].verb, agent.name)}
      aria-busy={busy.value}
      data-testid="ask-form"
    >
      <p class="small">{liveWords.value.modes[mode].hint}</p>
      {problem.value && (
        <Banner tone="error" testId="ask-error">
          <p>{refusalOf(problem.value)}</p>
        </Banner>
      )}
      {phones && phone === null && (
        <Banner tone="warning" testId="no-desk">
          <p>{t.noDesk}</p>
        </Banner>
      )}
      {phones && <PhoneChoice phones={phones} chosen={chosen} id={`phone-${extension}`} />}
      {here && mode !== 'listen' && <p class="hint">{liveWords.value.browser.willAsk}</p>}
      <div class="field">
        <label for={`code-${extension}`}>{w.reason}</label>
        <select
          id={`code-${extension}`}
          ref={first}
          required
          data-testid="ask-code"
          value={code.value}
          onChange={(event) => {
            code.value = event.currentTarget.value;
          }}
        >
          <option value="">{w.choose}</option>
          {reasons.map((reason) => (
            <option key={reason} value={reason}>
              {names[reason] ?? reason}
            </option>
          ))}
        </select>
      </div>
      <div class="field">
        <label for={`note-${extension}`}>
          {w.note} {code.value !== 'other' && <span class="muted">({w.noteOptional})</span>}
        </label>
        <input
          id={`note-${extension}`}
          ref={note}
          maxLength={200}
          minLength={code.value === 'other' ? SHORTEST_OTHER : undefined}
          required={code.value === 'other'}
          autocomplete="off"
          aria-describedby={`hint-${extension}`}
          data-testid="ask-note"
        />
        <p class="hint" id={`hint-${extension}`}>
          {t.hint}
        </p>
      </div>
      {here && busy.value && <BrowserComing phone={supervision.browser} />}
      <div class="actions">
        <button
          type="submit"
          class="button primary small"
          disabled={busy.value || phone === null}
          data-testid="ask-submit"
        >
          {here ? t.submitHere(liveWords.value.modes[mode].verb) : t.submit(phone ?? '–')}
        </button>
        <button type="button" class="button small" onClick={close} data-testid="ask-cancel">
          {t.cancel}
        </button>
      </div>
    </form>
  );
}

/** The server's list; the words' own until it is there, or when it does not come. */
function useReasons(): string[] {
  const reasons = useSignal<string[]>(Object.keys(words.value.listen.reasons));
  useEffect(() => {
    api.reasons().then(
      (answer) => {
        reasons.value = answer.reasons;
      },
      () => {},
    );
  }, [reasons]);
  return reasons.value;
}

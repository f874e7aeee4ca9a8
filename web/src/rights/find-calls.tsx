/** For a person whose number was withheld: calls by day, line and extension, of which some may be theirs. */
import { useSignal } from '@preact/signals';
import { ActForm, TextField } from '../shared/act-form.tsx';
import { day, time } from '../shared/format.ts';
import { lawApi } from '../shared/law-api.ts';
import type { Candidate } from '../shared/law-types.ts';
import { rightsWords } from './words.ts';

interface FindCallsProps {
  id: string;
  attach(calls: string[]): Promise<void>;
}

export function FindCalls({ id, attach }: FindCallsProps) {
  const calls = useSignal<Candidate[] | null>(null);
  const t = rightsWords.value.search;
  async function find(value: (name: string) => string) {
    const [line, extension] = [value('line'), value('extension')];
    const wish = { from: value('from'), to: value('to') };
    const asked = { ...wish, ...(line && { line }), ...(extension && { extension }) };
    calls.value = (await lawApi.findCalls(id, asked)).calls;
  }
  return (
    <div class="request-find">
      <ActForm testId="find-form" submit={t.find} act={find}>
        <p class="hint">{t.hiddenHint}</p>
        <TextField name="from" label={t.from} type="date" required data-testid="find-from" />
        <TextField name="to" label={t.to} type="date" required data-testid="find-to" />
        <TextField name="line" label={t.line} hint={t.lineHint} inputMode="tel" maxLength={20} />
        <TextField name="extension" label={t.extension} inputMode="numeric" pattern="[0-9]{2,6}" />
      </ActForm>
      {calls.value?.length === 0 && <p role="status">{t.noCalls}</p>}
      {calls.value && calls.value.length > 0 && (
        <ActForm
          testId="attach"
          submit={t.attach}
          act={async (_, form) => {
            const chosen = new FormData(form).getAll('call').map(String);
            if (chosen.length > 0) await attach(chosen);
            calls.value = null;
          }}
        >
          <fieldset class="candidates">
            <legend>{t.candidates(calls.value.length)}</legend>
            {calls.value.map((call) => (
              <label class="tick" key={call.id}>
                <input type="checkbox" name="call" value={call.id} data-testid="candidate" />
                <span>
                  <time dateTime={call.arrivedAt}>
                    {day(call.arrivedAt)} {time(call.arrivedAt)}
                  </time>{' '}
                  <span class="muted">
                    {[
                      call.line,
                      call.extension && t.extensionIs(call.extension),
                      call.recorded ? t.recorded : t.unrecorded,
                    ]
                      .filter(Boolean)
                      .join(' · ')}
                  </span>
                </span>
              </label>
            ))}
          </fieldset>
        </ActForm>
      )}
    </div>
  );
}

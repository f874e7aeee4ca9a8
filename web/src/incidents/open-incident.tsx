/** What happened and when the house knew: the clock begins, and the log is frozen. */
import { may } from '../access/session.ts';
import { ActForm, AreaField, ChoiceField, Fold, linesOf, TextField } from '../shared/act-form.tsx';
import { api } from '../shared/api.ts';
import { lawApi } from '../shared/law-api.ts';
import { useLoaded } from '../shared/loaded.ts';
import { localOf, momentOf } from '../shared/moments.ts';
import { goTo } from '../shared/router.ts';
import { incidentWords } from './words.ts';

const MOMENTS = ['since', 'until'] as const;
const WORDS = ['client', 'line', 'extension'] as const;
/** Whoever keeps the machine sees no recordings, and types what they know. */
const knownClients = async () => (may('recordings:list') ? (await api.searchTerms()).clients : []);

export function OpenIncident() {
  const { value: clients } = useLoaded(knownClients);
  const t = incidentWords.value.open;
  const now = localOf(Date.now());
  async function open(value: (name: string) => string) {
    const moments = MOMENTS.map((name) => [name, momentOf(value(name))]);
    const words = WORDS.map((name) => [name, value(name)]);
    const recordings = linesOf(value('recordings'));
    // A field knows minutes only: this one is the present, whatever the seconds are.
    const awareAt = value('awareAt') === now ? undefined : momentOf(value('awareAt'));
    const { id } = await lawApi.openIncident({
      reason: value('reason'),
      ...(awareAt && { awareAt }),
      ...Object.fromEntries([...moments, ...words].filter(([, what]) => what)),
      ...(recordings.length > 0 && { recordings }),
    });
    goTo(`/incidents/${id}`);
  }
  return (
    <section class="card">
      <Fold summary={t.summary} testId="incident-open">
        <ActForm testId="incident-form" submit={t.submit} act={open} grave>
          <p class="hint">{t.hint}</p>
          <AreaField
            name="reason"
            label={t.reason}
            hint={t.reasonHint}
            minLength={3}
            maxLength={500}
            required
            data-testid="incident-reason"
          />
          <TextField
            name="awareAt"
            label={t.awareAt}
            hint={t.awareHint}
            type="datetime-local"
            defaultValue={now}
            max={now}
            required
            wide
            data-testid="incident-aware"
          />
          <TextField name="since" label={t.since} type="datetime-local" max={now} />
          <TextField name="until" label={t.until} hint={t.untilHint} type="datetime-local" max={now} />
          <div class="field wide">
            <Fold summary={t.narrow} testId="incident-narrow">
              <div class="act-form">
                <p class="hint">{t.narrowHint}</p>
                {clients.value && clients.value.length > 0 ? (
                  <ChoiceField
                    name="client"
                    label={t.client}
                    choices={[
                      ['', t.all],
                      ...clients.value.map(({ id, name }) => [id, name] as [string, string]),
                    ]}
                  />
                ) : (
                  <TextField name="client" label={t.client} hint={t.clientHint} maxLength={64} />
                )}
                <TextField name="line" label={t.line} hint={t.lineHint} maxLength={20} />
                <TextField name="extension" label={t.extension} inputMode="numeric" pattern="[0-9]{2,6}" />
                <AreaField name="recordings" label={t.recordings} rows={2} />
              </div>
            </Fold>
          </div>
        </ActForm>
      </Fold>
    </section>
  );
}

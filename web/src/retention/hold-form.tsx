/** Asking for a hold: named recordings, those of a person's request, or all that fit a selection. */
import { may } from '../access/session.ts';
import { ActForm, AreaField, ChoiceField, Fold, linesOf, TextField } from '../shared/act-form.tsx';
import { api } from '../shared/api.ts';
import { lawApi } from '../shared/law-api.ts';
import { useLoaded } from '../shared/loaded.ts';
import { momentOf } from '../shared/moments.ts';
import { endOfDay, nextYear } from './hold-ends.ts';
import { retentionWords } from './words.ts';

const terms = async () => (may('recordings:list') ? api.searchTerms() : null);
const KEYS = ['client', 'did', 'extension', 'request'] as const;

export function HoldForm({ asked }: { asked(): void }) {
  const { value } = useLoaded(terms);
  const request = new URLSearchParams(location.search).get('request') ?? '';
  const t = retentionWords.value.place;
  async function place(field: (name: string) => string, form: HTMLFormElement) {
    const since = field('since') && momentOf(`${field('since')}T00:00`);
    const before = field('before') && momentOf(`${field('before')}T00:00`);
    const chosen = KEYS.map((name) => [name, field(name)] as const).filter(([, what]) => what);
    const select = { ...Object.fromEntries(chosen), ...(since && { since }), ...(before && { before }) };
    const recordings = linesOf(field('recordings'));
    await lawApi.askHold({
      ...(recordings.length > 0 && { recordings }),
      ...(Object.keys(select).length > 0 && { select }),
      matter: field('matter'),
      endsAt: endOfDay(field('until')),
      reason: field('reason'),
    });
    form.reset();
    asked();
  }
  const { clients = [], lines = [] } = value.value ?? {};
  const all = (names: [string, string][]): [string, string][] => [['', t.any], ...names];
  return (
    <Fold summary={t.summary} testId="hold-open" open={request !== ''}>
      <ActForm testId="hold-form" submit={t.submit} act={place}>
        <p class="hint">{t.hint}</p>
        <TextField
          name="matter"
          label={t.matter}
          hint={t.matterHint}
          maxLength={80}
          required
          data-testid="hold-matter"
        />
        <TextField
          name="until"
          label={t.until}
          hint={t.untilHint}
          type="date"
          max={nextYear()}
          required
          data-testid="hold-until"
        />
        <AreaField
          name="reason"
          label={retentionWords.value.why}
          rows={2}
          minLength={3}
          maxLength={500}
          required
          data-testid="hold-reason"
        />
        <p class="hint">{t.whichHint}</p>
        <AreaField name="recordings" label={t.recordings} rows={2} data-testid="hold-recordings" />
        <TextField
          name="request"
          label={t.request}
          hint={t.requestHint}
          defaultValue={request}
          pattern="[0-9]{4}-[0-9]{4,6}"
          data-testid="hold-request"
        />
        <TextField name="extension" label={t.extension} inputMode="numeric" pattern="[0-9]{2,6}" />
        <ChoiceField
          name="did"
          label={t.line}
          choices={all(lines.map(({ did, name }) => [did, name || did]))}
        />
        {clients.length > 1 && (
          <ChoiceField
            name="client"
            label={t.client}
            choices={all(clients.map(({ id, name }) => [id, name]))}
          />
        )}
        <TextField name="since" label={t.since} type="date" />
        <TextField name="before" label={t.before} type="date" />
      </ActForm>
    </Fold>
  );
}

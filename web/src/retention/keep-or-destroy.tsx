/** On the page of a recording: keep it from its day, or let it go before. Both are asked for, and decided by another. */
import { useSignal } from '@preact/signals';
import { may } from '../access/session.ts';
import { ActForm, AreaField, ChoiceField, Fold, TextField } from '../shared/act-form.tsx';
import { lawApi } from '../shared/law-api.ts';
import { follow } from '../shared/router.ts';
import { Banner } from '../shared/ui.tsx';
import { endOfDay, nextYear } from './hold-ends.ts';
import { retentionWords } from './words.ts';

const REASONS = ['pci', 'other_proof', 'objection', 'erasure'] as const;

export function KeepOrDestroy({ recording }: { recording: string }) {
  const asked = useSignal(false);
  const t = retentionWords.value;
  const done = () => {
    asked.value = true;
  };
  return (
    <section class="card hold-changes" data-testid="keep-or-destroy">
      <h2>{t.before}</h2>
      {asked.value && (
        <Banner tone="info" testId="recording-asked">
          <p>{t.asked}</p>
          <a href="/retention" onClick={follow}>
            {t.seeWaiting}
          </a>
        </Banner>
      )}
      {may('holds:ask') && (
        <Fold summary={t.place.one} testId="hold-one">
          <ActForm
            testId="hold-one-form"
            submit={t.place.submit}
            act={async (value, form) => {
              const hold = { matter: value('matter'), endsAt: endOfDay(value('until')) };
              await lawApi.askHold({ ...hold, recordings: [recording], reason: value('reason') });
              form.reset();
              done();
            }}
          >
            <TextField
              name="matter"
              label={t.place.matter}
              hint={t.place.matterHint}
              maxLength={80}
              required
            />
            <TextField
              name="until"
              label={t.place.until}
              hint={t.place.untilHint}
              type="date"
              max={nextYear()}
              required
            />
            <AreaField name="reason" label={t.why} rows={2} minLength={3} maxLength={500} required />
          </ActForm>
        </Fold>
      )}
      {may('destruction:ask') && (
        <Fold summary={t.early.summary} testId="destroy">
          <ActForm
            testId="destroy-form"
            submit={t.early.submit}
            grave
            act={async (value, form) => {
              await lawApi.askDestruction(recording, { reason: value('reason'), note: value('note') });
              form.reset();
              done();
            }}
          >
            <p class="hint">{t.early.hint}</p>
            <ChoiceField
              name="reason"
              label={t.early.ground}
              choices={REASONS.map((reason) => [reason, t.early.grounds[reason] ?? reason])}
              wide
            />
            <AreaField
              name="note"
              label={t.why}
              rows={2}
              minLength={3}
              maxLength={500}
              required
              data-testid="destroy-note"
            />
          </ActForm>
        </Fold>
      )}
    </section>
  );
}

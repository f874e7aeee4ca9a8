/** What must not be destroyed for the time being, and why; asked for, prolonged and released with a second person. */
import { useSignal } from '@preact/signals';
import { may } from '../access/session.ts';
import { ActForm, AreaField, Fold, TextField } from '../shared/act-form.tsx';
import { day } from '../shared/format.ts';
import { lawApi } from '../shared/law-api.ts';
import type { Loaded } from '../shared/loaded.ts';
import type { Hold } from '../shared/retention-types.ts';
import { Banner, Bone, Failure } from '../shared/ui.tsx';
import { endOfDay, nextYear } from './hold-ends.ts';
import { HoldForm } from './hold-form.tsx';
import { retentionWords } from './words.ts';

interface HoldsCardProps {
  loaded: Loaded<{ holds: Hold[] }>;
  /** Something was asked for, and waits. */
  asked(): void;
}

export function HoldsCard({ loaded: { value, problem }, asked }: HoldsCardProps) {
  const said = useSignal(false);
  const t = retentionWords.value;
  const holds = value.value?.holds;
  const done = () => {
    said.value = true;
    asked();
  };
  return (
    <section class="card" data-testid="holds" aria-busy={!holds}>
      <h2>{t.holds}</h2>
      {problem.value && <Failure code={problem.value} testId="holds-error" />}
      {said.value && (
        <Banner tone="info" testId="hold-asked">
          {t.asked}
        </Banner>
      )}
      {!holds && !problem.value && <Bone width="l" />}
      {holds?.length === 0 && <p class="muted">{t.noHolds}</p>}
      <ul class="person-rows">
        {holds?.map((hold) => (
          <li key={hold.id} data-testid="hold">
            <div class="person-head">
              <strong>{hold.matter}</strong> <State hold={hold} />
            </div>
            <p>{hold.reason}</p>
            <p class="hint">
              {t.hold(hold.recordings.length, day(hold.releasedAt ?? hold.endsAt))} ·{' '}
              {t.by(hold.requestedBy, hold.approvedBy)}
            </p>
            {hold.active && may('holds:ask') && <Change hold={hold} asked={done} />}
          </li>
        ))}
      </ul>
      {may('holds:ask') && <HoldForm asked={done} />}
    </section>
  );
}

function State({ hold }: { hold: Hold }) {
  const { states } = retentionWords.value;
  if (hold.damage) return <span class="tag danger">{states.damaged}</span>;
  if (hold.active) return <span class="tag warning">{states.active}</span>;
  return <span class="tag">{hold.releasedAt ? states.released : states.over}</span>;
}

/** A damaged one can be released, and no more. */
function Change({ hold: { id, damage, endsAt }, asked }: { hold: Hold; asked(): void }) {
  const t = retentionWords.value;
  return (
    <div class="hold-changes">
      {!damage && (
        <Fold summary={t.renew} testId="renew">
          <ActForm
            testId="renewal"
            submit={t.askRenewal}
            act={async (value, form) => {
              await lawApi.askRenewal(id, { endsAt: endOfDay(value('until')), reason: value('reason') });
              form.reset();
              asked();
            }}
          >
            <TextField
              name="until"
              label={t.newEnd}
              type="date"
              min={endsAt.slice(0, 10)}
              max={nextYear()}
              required
              data-testid="renewal-until"
            />
            <AreaField name="reason" label={t.why} rows={2} minLength={3} maxLength={500} required />
          </ActForm>
        </Fold>
      )}
      <Fold summary={t.release} testId="release">
        <ActForm
          testId="release-form"
          submit={t.askRelease}
          grave
          act={async (value, form) => {
            await lawApi.askRelease(id, value('reason'));
            form.reset();
            asked();
          }}
        >
          <p class="hint">{t.releaseHint}</p>
          <AreaField
            name="reason"
            label={t.why}
            rows={2}
            minLength={3}
            maxLength={500}
            required
            data-testid="release-reason"
          />
        </ActForm>
      </Fold>
    </div>
  );
}

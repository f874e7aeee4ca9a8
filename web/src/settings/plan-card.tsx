/** What waits to be put in force, what the server says of it, and putting it in force. */
import { useEffect, useRef } from 'preact/hooks';
import { may } from '../access/session.ts';
import { sentenceOf } from '../shared/i18n.ts';
import type { SettingsPlan } from '../shared/settings-types.ts';
import { Banner } from '../shared/ui.tsx';
import { Changes, Faults } from './plan-lists.tsx';
import { applied, apply, busy, discard, makePlan, overtaken, plan, problem, unsaved } from './planning.ts';
import { told } from './told.ts';
import { settingsWords } from './words.ts';

/** Below everything, as long as something waits. */
export function DraftBar() {
  const t = settingsWords.value;
  if (unsaved.value === 0 || plan.value) return null;
  return (
    <div class="draft-bar" role="status" data-testid="draft-bar">
      <span>{t.unsaved(unsaved.value)}</span>
      <div class="actions">
        <button
          type="button"
          class="button primary small"
          data-testid="make-plan"
          disabled={busy.value}
          onClick={() => void makePlan()}
        >
          {t.makePlan}
        </button>
        <button type="button" class="button small" data-testid="discard" onClick={discard}>
          {t.discard}
        </button>
      </div>
    </div>
  );
}

export function PlanCard() {
  const t = settingsWords.value;
  const { value } = plan;
  const refused = problem.value;
  return (
    <>
      {refused && (
        <Banner tone="error" testId="settings-error">
          <p>{sentenceOf(refused.code)}</p>
          {refused.code === 'bad-settings' && <p class="small">{told(refused.message)}</p>}
        </Banner>
      )}
      {applied.value && (
        <Banner tone="info" testId="settings-applied">
          <p>
            {t.applied} <code>{applied.value}</code>
          </p>
        </Banner>
      )}
      {value && <Planned plan={value} />}
    </>
  );
}

function Planned({ plan: value }: { plan: SettingsPlan }) {
  const t = settingsWords.value;
  const title = useRef<HTMLHeadingElement>(null);
  // Each new plan is read from its beginning.
  useEffect(() => {
    title.current?.focus();
    title.current?.scrollIntoView({ block: 'center' });
  }, [value]);
  const bad = value.faults.length > 0;
  const beyond = value.changes.filter(({ decision }) => decision && !may('policies:decide'));
  const possible = !bad && value.changes.length > 0 && beyond.length === 0;
  return (
    <section class="card plan" data-testid="plan">
      <h2 ref={title} tabIndex={-1}>
        {bad ? t.refusedTitle(value.faults.length) : t.planTitle}
      </h2>
      {overtaken.value && (
        <Banner tone="warning" testId="overtaken">
          <p>{sentenceOf('settings-changed')}</p>
        </Banner>
      )}
      {bad && <Faults faults={value.faults} testId="plan-faults" tone="bad" />}
      {!bad && value.changes.length === 0 && <p data-testid="plan-nothing">{t.nothing}</p>}
      <Changes changes={value.changes} />
      {beyond.length > 0 && (
        <Banner tone="warning" testId="plan-beyond">
          <p>{t.beyond(beyond.map(({ what }) => told(what)).join(', '))}</p>
        </Banner>
      )}
      {value.warnings.length > 0 && (
        <details open={possible}>
          <summary>{t.warnings(value.warnings.length)}</summary>
          <Faults faults={value.warnings} testId="plan-warnings" tone="doubtful" />
        </details>
      )}
      <div class="actions">
        {possible && (
          <button
            type="button"
            class="button primary"
            data-testid="apply"
            disabled={busy.value}
            onClick={() => void apply()}
          >
            {t.apply}
          </button>
        )}
        <button
          type="button"
          class="button"
          data-testid="plan-close"
          onClick={() => {
            plan.value = null;
          }}
        >
          {t.goOn}
        </button>
        <button type="button" class="button" data-testid="plan-discard" onClick={discard}>
          {t.discard}
        </button>
      </div>
      {possible && <p class="hint">{t.applyHint}</p>}
    </section>
  );
}

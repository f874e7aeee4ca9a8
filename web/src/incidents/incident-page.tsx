/** One incident: its clock, what it concerns, the draft of the notice, the package, and its end. */
import { useSignal } from '@preact/signals';
import { useCallback } from 'preact/hooks';
import { ActForm, AreaField, TextField } from '../shared/act-form.tsx';
import { Draft } from '../shared/draft.tsx';
import { day } from '../shared/format.ts';
import { Arrow } from '../shared/icons.tsx';
import { keep, lawApi } from '../shared/law-api.ts';
import type { Incident } from '../shared/law-types.ts';
import { useLoaded } from '../shared/loaded.ts';
import { localOf, momentOf } from '../shared/moments.ts';
import { follow } from '../shared/router.ts';
import { Banner, Bone, Failure, PageTitle } from '../shared/ui.tsx';
import { ClockCard, IncidentState } from './clock.tsx';
import { IncidentFacts } from './incident-facts.tsx';
import { incidentWords } from './words.ts';

export function IncidentPage({ id }: { id: string }) {
  const { value, problem, load } = useLoaded(useCallback(() => lawApi.incident(id), [id]));
  const t = incidentWords.value;
  const incident = value.value;
  return (
    <>
      <a href="/incidents" class="back" onClick={follow} data-testid="back">
        <Arrow />
        {t.back}
      </a>
      <PageTitle text={t.heading(id)}>
        <p>{incident ? <IncidentState incident={incident} /> : '\u00a0'}</p>
      </PageTitle>
      {problem.value && <Failure code={problem.value} testId="incident-error" retry={() => void load()} />}
      {!incident && !problem.value && (
        <div class="card" aria-busy="true">
          <Bone width="l" />
        </div>
      )}
      {incident && (
        <div class="request">
          <ClockCard incident={incident} />
          <div class="request-way incident-way">
            <section class="card" data-testid="notice-card">
              <h2>{t.notice}</h2>
              <p class="hint">{t.noticeHint}</p>
              <Draft
                address={(language) => lawApi.noticeAddress(id, language)}
                name={t.notice}
                testId="notice"
              />
            </section>
            <PackageCard id={id} />
            {!incident.notified && !incident.closed && <NotifyCard id={id} changed={load} />}
            <CloseCard incident={incident} changed={load} />
          </div>
          <div class="request-side">
            <IncidentFacts incident={incident} />
          </div>
        </div>
      )}
    </>
  );
}

function PackageCard({ id }: { id: string }) {
  const left = useSignal<string | null>(null);
  const t = incidentWords.value.pack;
  return (
    <section class="card" data-testid="incident-package-card">
      <h2>{t.title}</h2>
      {left.value && (
        <Banner tone="info" testId="incident-package-leaves">
          {t.leaving(left.value)}
        </Banner>
      )}
      <ActForm
        testId="incident-package"
        submit={t.submit}
        act={async () => {
          const { ticket, name } = await lawApi.makeIncidentPackage(id);
          left.value = name;
          keep(lawApi.incidentPackageAddress(id, ticket));
        }}
      >
        <p class="hint">{t.hint}</p>
      </ActForm>
    </section>
  );
}

function NotifyCard({ id, changed }: { id: string; changed(): Promise<void> }) {
  const t = incidentWords.value.notify;
  const now = localOf(Date.now());
  return (
    <section class="card">
      <h2>{t.title}</h2>
      <ActForm
        testId="notified"
        submit={t.submit}
        act={async (value) => {
          const at = momentOf(value('at')) ?? '';
          await lawApi.notified(id, { at, reference: value('reference') });
          await changed();
        }}
      >
        <TextField name="at" label={t.at} type="datetime-local" defaultValue={now} max={now} required />
        <TextField
          name="reference"
          label={t.reference}
          maxLength={200}
          required
          data-testid="notified-reference"
        />
      </ActForm>
    </section>
  );
}

function CloseCard({ incident: { id, closed }, changed }: { incident: Incident; changed(): Promise<void> }) {
  const t = incidentWords.value.close;
  return (
    <section class="card" data-testid="incident-close">
      <h2>{t.title}</h2>
      {closed ? (
        <>
          <p>{t.done(closed.by, day(closed.at))}</p>
          <p class="quoted">{closed.note}</p>
        </>
      ) : (
        <ActForm
          testId="incident-end"
          submit={t.submit}
          act={async (value) => {
            await lawApi.closeIncident(id, value('note'));
            await changed();
          }}
        >
          <AreaField
            name="note"
            label={t.note}
            hint={t.hint}
            minLength={3}
            maxLength={2_000}
            required
            data-testid="incident-note"
          />
        </ActForm>
      )}
    </section>
  );
}

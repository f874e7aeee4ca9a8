/** Breaches of personal data, each with the clock of 72 hours; the newest first. */
import { day, time } from '../shared/format.ts';
import { lawApi } from '../shared/law-api.ts';
import type { Incident } from '../shared/law-types.ts';
import { useLoaded } from '../shared/loaded.ts';
import { follow } from '../shared/router.ts';
import { Bone, Failure, PageTitle } from '../shared/ui.tsx';
import { ClockLine, IncidentState } from './clock.tsx';
import { OpenIncident } from './open-incident.tsx';
import { incidentWords } from './words.ts';

export function IncidentsPage() {
  const { value, problem, load } = useLoaded(lawApi.incidents);
  const t = incidentWords.value;
  const incidents = value.value?.incidents.toReversed();
  return (
    <>
      <PageTitle text={t.title}>
        <p class="muted" data-testid="incidents-brief">
          {incidents ? t.brief(incidents.filter(({ closed }) => !closed).length) : '\u00a0'}
        </p>
      </PageTitle>
      {problem.value && <Failure code={problem.value} testId="incidents-error" retry={() => void load()} />}
      <OpenIncident />
      <section class="card" data-testid="incidents" aria-busy={!incidents}>
        <h2>{t.list}</h2>
        {!incidents && !problem.value && <Bone width="l" />}
        {incidents?.length === 0 && <p class="muted">{t.none}</p>}
        <ul class="person-rows">
          {incidents?.map((incident) => (
            <Line key={incident.id} incident={incident} />
          ))}
        </ul>
      </section>
    </>
  );
}

function Line({ incident }: { incident: Incident }) {
  const { id, reason, awareAt } = incident;
  return (
    <li data-testid="incident" data-id={id}>
      <div class="person-head">
        <a href={`/incidents/${id}`} onClick={follow} class="request-link figures">
          {id}
        </a>
        <IncidentState incident={incident} />
        <span class="hint">{incidentWords.value.awareOn(`${day(awareAt)} ${time(awareAt)}`)}</span>
      </div>
      <p>{reason}</p>
      {!incident.closed && <ClockLine incident={incident} />}
    </li>
  );
}

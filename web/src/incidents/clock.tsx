/** The clock of 72 hours, from the moment at which the house knew. */
import { day, time } from '../shared/format.ts';
import type { Incident } from '../shared/law-types.ts';
import { Meter } from '../shared/ui.tsx';
import { incidentWords } from './words.ts';

const TONES: Record<string, string> = {
  running: 'tag warning',
  overdue: 'tag danger plain',
  notified: 'tag good',
  closed: 'tag',
};

export function IncidentState({ incident: { clock, closed } }: { incident: Incident }) {
  const t = incidentWords.value;
  return (
    <>
      <span class={TONES[clock.state] ?? 'tag'} data-testid="incident-state">
        {t.states[clock.state] ?? clock.state}
      </span>
      {closed && clock.state !== 'closed' && <span class="tag">{t.closedToo}</span>}
    </>
  );
}

export function ClockLine({ incident: { clock, notified } }: { incident: Incident }) {
  const t = incidentWords.value;
  const due = `${day(clock.noticeDueAt)} ${time(clock.noticeDueAt)}`;
  if (notified) return <p>{t.told(day(notified.at), notified.reference)}</p>;
  if (clock.state === 'overdue') return <p class="bad">{t.late(due)}</p>;
  return <p>{t.left(t.hours(clock.hoursLeft), due)}</p>;
}

export function ClockCard({ incident }: { incident: Incident }) {
  const t = incidentWords.value;
  const { clock, awareAt, notified, closed } = incident;
  const late = clock.state === 'overdue';
  const [from, due] = [Date.parse(awareAt), Date.parse(clock.noticeDueAt)];
  const until = notified ? Date.parse(notified.at) : Date.now();
  return (
    <section class={late ? 'card deadline-card alarmed' : 'card deadline-card'} data-testid="incident-clock">
      <h2>{t.clock}</h2>
      <div class="deadline">
        {closed && !notified ? <p>{t.states.closed}</p> : <ClockLine incident={incident} />}
        <Meter label={t.meter} share={(until - from) / (due - from)} />
        <p class="hint plot-ends">
          <span>
            {day(awareAt)} {time(awareAt)}
          </span>
          <span>
            {day(clock.noticeDueAt)} {time(clock.noticeDueAt)}
          </span>
        </p>
      </div>
    </section>
  );
}

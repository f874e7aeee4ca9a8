/** What is known of an incident: figures, and nobody's name. */
import { count, day, spokenDuration, time } from '../shared/format.ts';
import type { Incident } from '../shared/law-types.ts';
import { Fact } from '../shared/ui.tsx';
import { incidentWords } from './words.ts';

export function IncidentFacts({ incident }: { incident: Incident }) {
  const { reason, scope, awareAt, openedAt, by, logFrozen, figures, closed } = incident;
  const t = incidentWords.value;
  const moment = (at: string) => `${day(at)} ${time(at)}`;
  const from = scope.since && moment(scope.since);
  const to = scope.until && moment(scope.until);
  const limits = [scope.client, scope.line, scope.extension, ...scope.recordings].filter(Boolean);
  return (
    <section class="card" data-testid="incident-facts">
      <h2>{t.facts}</h2>
      <dl class="fact-list">
        <Fact name={t.names.reason}>{reason}</Fact>
        <Fact name={t.names.period}>{t.period(from, to)}</Fact>
        <Fact name={t.names.aware}>{moment(awareAt)}</Fact>
        <Fact name={t.names.opened}>{t.by(by, moment(openedAt))}</Fact>
        {limits.length > 0 && <Fact name={t.names.scope}>{limits.join(', ')}</Fact>}
        {figures ? (
          <>
            <Fact name={t.names.recordings}>
              {count(figures.recordings)}
              {figures.destroyed > 0 && `, ${t.destroyed(count(figures.destroyed))}`}
            </Fact>
            <Fact name={t.names.persons}>
              {count(figures.persons)}
              {figures.withheld > 0 && ` ${t.withheld(count(figures.withheld))}`}
            </Fact>
            <Fact name={t.names.extensions}>{count(figures.extensions)}</Fact>
            <Fact name={t.names.duration}>{spokenDuration(figures.seconds)}</Fact>
          </>
        ) : (
          <Fact name={t.names.recordings}>{t.uncounted}</Fact>
        )}
        {logFrozen && !closed && <Fact name={t.names.log}>{t.frozen}</Fact>}
      </dl>
    </section>
  );
}

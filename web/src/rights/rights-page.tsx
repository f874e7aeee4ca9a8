/** The rights desk: every request with its clock, what is due first on top. */
import { may } from '../access/session.ts';
import { lawApi } from '../shared/law-api.ts';
import type { ListedRequest } from '../shared/law-types.ts';
import { useLoaded } from '../shared/loaded.ts';
import { Bone, Failure, PageTitle } from '../shared/ui.tsx';
import { DeskFigures } from './desk-figures.tsx';
import { OpenForm } from './open-form.tsx';
import { RequestLine } from './request-line.tsx';
import { rightsWords } from './words.ts';

export function RightsPage() {
  const { value, problem, load } = useLoaded(lawApi.requests);
  const t = rightsWords.value;
  const { figures, requests = [] } = value.value ?? {};
  const of = (...states: ListedRequest['status'][]) =>
    requests.filter(({ status }) => states.includes(status));
  const running = of('open', 'overdue').toSorted((one, other) => one.dueAt.localeCompare(other.dueAt));
  return (
    <>
      <PageTitle text={t.title}>
        <p class="muted" data-testid="rights-brief">
          {figures ? t.brief(figures.open, figures.overdue) : '\u00a0'}
        </p>
      </PageTitle>
      {problem.value && <Failure code={problem.value} testId="rights-error" retry={() => void load()} />}
      <DeskFigures figures={figures ?? null} />
      {may('rights:work') && <OpenForm />}
      <section class="card" data-testid="requests-running" aria-busy={!value.value}>
        <h2>{t.running}</h2>
        {!value.value && !problem.value && <Bone width="l" />}
        {value.value && running.length === 0 && <p class="muted">{t.noneRunning}</p>}
        <List requests={running} />
      </section>
      <Ended title={t.toClose} testId="requests-answered" requests={of('answered')} />
      <Ended title={t.ended} testId="requests-closed" requests={of('closed').toReversed()} />
    </>
  );
}

function Ended({ title, testId, requests }: { title: string; testId: string; requests: ListedRequest[] }) {
  if (requests.length === 0) return null;
  return (
    <section class="card" data-testid={testId}>
      <h2>{title}</h2>
      <List requests={requests} />
    </section>
  );
}

function List({ requests }: { requests: ListedRequest[] }) {
  return (
    <ul class="person-rows">
      {requests.map((request) => (
        <RequestLine key={request.id} request={request} />
      ))}
    </ul>
  );
}

/** One request: its clock, who asks, each step with what comes next, and what was done by whom. */
import { useCallback } from 'preact/hooks';
import { may } from '../access/session.ts';
import { Arrow } from '../shared/icons.tsx';
import { lawApi } from '../shared/law-api.ts';
import type { WholeRequest } from '../shared/law-types.ts';
import { useLoaded } from '../shared/loaded.ts';
import { follow } from '../shared/router.ts';
import { Bone, Failure, PageTitle } from '../shared/ui.tsx';
import { AnswerStep } from './answer-step.tsx';
import { CloseStep } from './close-step.tsx';
import { DeadlineCard } from './deadline-card.tsx';
import { EraseStep } from './erase-step.tsx';
import { HistoryCard } from './history-card.tsx';
import { IdentityStep } from './identity-step.tsx';
import { NoteStep } from './note-step.tsx';
import { ObjectStep } from './object-step.tsx';
import { PackStep } from './pack-step.tsx';
import { RequestFacts } from './request-facts.tsx';
import { SearchStep } from './search-step.tsx';
import type { StepProps } from './step.tsx';
import { rightsWords } from './words.ts';

export function RequestPage({ id }: { id: string }) {
  const { value, problem, load } = useLoaded(useCallback(() => lawApi.request(id), [id]));
  const request = value.value;
  const t = rightsWords.value;
  return (
    <>
      <a href="/rights" class="back" onClick={follow} data-testid="back">
        <Arrow />
        {t.back}
      </a>
      <PageTitle text={request ? t.heading(t.kinds[request.kind] ?? '', id) : id} />
      {problem.value && <Failure code={problem.value} testId="request-error" retry={() => void load()} />}
      {!request && !problem.value && (
        <div class="card" aria-busy="true">
          <Bone width="l" />
        </div>
      )}
      {request && (
        <div class="request">
          <DeadlineCard request={request} changed={load} />
          <Steps request={request} changed={load} />
          <div class="request-side">
            <RequestFacts request={request} />
            <HistoryCard request={request} />
          </div>
        </div>
      )}
    </>
  );
}

type StepOf = (props: StepProps) => preact.JSX.Element;

/** What is to be done for the person, by what they ask. */
const DOES: Record<WholeRequest['kind'], StepOf[]> = {
  access: [PackStep],
  erasure: [EraseStep],
  objection: [ObjectStep, EraseStep],
  rectification: [NoteStep],
  restriction: [NoteStep],
};

function Steps({ request, changed }: { request: WholeRequest; changed(): Promise<void> }) {
  const steps = [IdentityStep, SearchStep, ...DOES[request.kind], AnswerStep, CloseStep];
  const open = request.closed === null && may('rights:work');
  return (
    <section class="card request-way" aria-label={rightsWords.value.steps}>
      <ol class="steps" data-testid="request-steps">
        {steps.map((Step, at) => (
          <Step key={at} request={request} changed={changed} open={open} />
        ))}
      </ol>
    </section>
  );
}

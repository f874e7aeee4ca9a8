/** Volume, waiting, recording, objections and destruction over a period. Figures of calls, never of people (ADR 0028). */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { api } from '../shared/api.ts';
import { codeOf } from '../shared/api-error.ts';
import type { SearchTerms } from '../shared/api-types.ts';
import { day } from '../shared/format.ts';
import type { Statistics } from '../shared/statistics-types.ts';
import { Bone, Failure, PageTitle } from '../shared/ui.tsx';
import { FigureCards } from './figure-cards.tsx';
import { FigureTable } from './figure-table.tsx';
import { type Question, queryOf, readQuestion } from './question.ts';
import { QuestionForm } from './question-form.tsx';
import { statisticsWords } from './words.ts';

export function StatisticsPage() {
  const question = useSignal<Question>(readQuestion(location.search));
  const answer = useSignal<Statistics | null>(null);
  const terms = useSignal<SearchTerms | null>(null);
  const problem = useSignal<string | null>(null);
  const stale = useSignal(true);
  const tries = useSignal(0);
  const query = String(queryOf(question.value));
  useEffect(() => {
    api.searchTerms().then(
      (known) => {
        terms.value = known;
      },
      () => {},
    );
  }, [terms]);
  useEffect(() => {
    history.replaceState(null, '', `${location.pathname}${query && `?${query}`}`);
    const mine = new AbortController();
    stale.value = true;
    api.statistics(query, mine.signal).then(
      (found) => {
        if (mine.signal.aborted) return;
        answer.value = found;
        problem.value = null;
        stale.value = false;
      },
      (error: unknown) => {
        if (mine.signal.aborted) return;
        problem.value = codeOf(error);
        stale.value = false;
      },
    );
    return () => mine.abort();
  }, [query, tries.value, answer, problem, stale]);
  const t = statisticsWords.value;
  const { value } = answer;
  return (
    <>
      <PageTitle text={t.title}>
        <p class="muted" data-testid="statistics-period">
          {value ? t.period(day(value.from), day(value.to)) : '\u00a0'}
        </p>
      </PageTitle>
      <QuestionForm question={question} period={value} terms={terms.value} />
      {problem.value && (
        <Failure
          code={problem.value}
          testId="statistics-error"
          retry={() => {
            tries.value += 1;
          }}
        />
      )}
      <div
        class={stale.value ? 'statistics stale' : 'statistics'}
        aria-busy={stale.value}
        data-testid="statistics"
      >
        {value && !problem.value && (
          <>
            <FigureCards statistics={value} />
            <FigureTable statistics={value} csv={api.statisticsCsv(query)} />
          </>
        )}
        {!value && !problem.value && <Loading />}
      </div>
    </>
  );
}

function Loading() {
  return (
    <div class="figure-cards" data-testid="statistics-loading">
      {['calls', 'rate', 'waiting', 'handling'].map((name) => (
        <div class="card" key={name}>
          <Bone width="s" />
          <Bone width="m" />
          <Bone width="l" />
        </div>
      ))}
    </div>
  );
}

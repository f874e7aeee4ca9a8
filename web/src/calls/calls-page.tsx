/** Every call, recorded or not, and why not (promise 6). */
import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { api } from '../shared/api.ts';
import type { SearchTerms } from '../shared/api-types.ts';
import { day } from '../shared/format.ts';
import { words } from '../shared/i18n.ts';
import { Calls } from '../shared/icons.tsx';
import { useListFeed } from '../shared/list-feed.ts';
import { Pager } from '../shared/pager.tsx';
import { usePageKeys } from '../shared/row-keys.ts';
import { Failure, PageTitle } from '../shared/ui.tsx';
import { narrow } from '../shared/width.ts';
import { CallCards } from './call-cards.tsx';
import { CallTable } from './call-table.tsx';
import { useCalls } from './pages.ts';
import { type Question, queryOf, readQuestion } from './question.ts';
import { QuestionForm } from './question-form.tsx';
import { callWords } from './words.ts';

export function CallsPage() {
  const question = useSignal<Question>(readQuestion(location.search));
  const terms = useSignal<SearchTerms | null>(null);
  const query = String(queryOf(question.value));
  const calls = useCalls(query);
  useListFeed(calls.refresh);
  useEffect(() => {
    history.replaceState(null, '', `${location.pathname}${query && `?${query}`}`);
  }, [query]);
  useEffect(() => {
    api.searchTerms().then(
      (known) => {
        terms.value = known;
      },
      () => {},
    );
  }, [terms]);
  const turn = (page: () => Promise<unknown>) => void page().then(() => scrollTo(0, 0));
  const { forth, back } = calls;
  usePageKeys(useMemo(() => ({ n: () => turn(forth), p: () => turn(back) }), [forth, back]));
  const t = callWords.value;
  return (
    <>
      <PageTitle text={t.title}>
        <p class="muted" role="status" data-testid="calls-status">
          {calls.searchedTo.value ? t.lookingBack(day(calls.searchedTo.value)) : t.hint}
        </p>
      </PageTitle>
      <QuestionForm question={question} terms={terms.value} csv={api.callsCsv(query)} />
      {calls.problem.value && (
        <Failure code={calls.problem.value} testId="calls-error" retry={() => void calls.first()} />
      )}
      <div class={calls.loading.value ? 'results stale' : 'results'} aria-busy={calls.loading.value}>
        {calls.rows.value?.length === 0 ? (
          <Nothing asked={query !== ''} all={() => (question.value = {})} />
        ) : (
          !(calls.problem.value && !calls.rows.value) &&
          (narrow.value ? <CallCards rows={calls.rows.value} /> : <CallTable rows={calls.rows.value} />)
        )}
      </div>
      <Pager
        label={t.title}
        page={calls.page}
        more={calls.next.value !== null}
        loading={calls.loading.value}
        previous={() => turn(back)}
        next={() => turn(forth)}
      />
    </>
  );
}

function Nothing({ asked, all }: { asked: boolean; all(): void }) {
  const t = callWords.value;
  return (
    <div class="card empty" data-testid="calls-empty">
      <Calls />
      <h2>{asked ? t.none : t.empty}</h2>
      <p class="muted">{asked ? t.noneHint : t.emptyHint}</p>
      {asked && (
        <button type="button" class="button small" data-testid="calls-all" onClick={all}>
          {t.all}
        </button>
      )}
      <span class="for-ears">{words.value.nav.calls}</span>
    </div>
  );
}

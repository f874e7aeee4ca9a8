/** Who did what, when and why, and what proves it. */
import { useSignal } from '@preact/signals';
import { useCallback, useEffect } from 'preact/hooks';
import { codeOf } from '../shared/api-error.ts';
import { count } from '../shared/format.ts';
import { lawApi } from '../shared/law-api.ts';
import type { LogEntry } from '../shared/law-types.ts';
import { useLoaded } from '../shared/loaded.ts';
import { Bone, Failure, PageTitle } from '../shared/ui.tsx';
import { EntryLine } from './entry-line.tsx';
import { ExportCard } from './export-card.tsx';
import { FilterForm } from './filter-form.tsx';
import { addressOf, askedOf, type Question, readQuestion } from './question.ts';
import { StateCard } from './state-card.tsx';
import { auditWords } from './words.ts';

export function AuditPage() {
  const question = useSignal<Question>(readQuestion(location.search));
  const state = useLoaded(lawApi.logState);
  const t = auditWords.value;
  const size = state.value.value?.size;
  return (
    <>
      <PageTitle text={t.title}>
        <p class="muted" data-testid="audit-size">
          {size === undefined ? '\u00a0' : t.brief(size, count(size))}
        </p>
      </PageTitle>
      <FilterForm question={question} />
      <Entries
        question={question.value}
        narrow={(more) => {
          question.value = { ...question.value, ...more };
        }}
      />
      <div class="audit-proof">
        <StateCard state={state.value.value} problem={state.problem.value} />
        <ExportCard fingerprint={state.value.value?.fingerprint ?? null} />
      </div>
    </>
  );
}

interface Shown {
  entries: LogEntry[];
  next: number | null;
}

function Entries({ question, narrow }: { question: Question; narrow(more: Question): void }) {
  const shown = useSignal<Shown | null>(null);
  const problem = useSignal<string | null>(null);
  const address = addressOf(question);
  const load = useCallback(
    async (before: number | null, isWanted: () => boolean = () => true) => {
      try {
        const page = await lawApi.log(askedOf(readQuestion(address), before));
        if (!isWanted()) return;
        const kept = before === null ? [] : (shown.value?.entries ?? []);
        shown.value = { entries: [...kept, ...page.entries], next: page.next };
        problem.value = null;
      } catch (error) {
        if (isWanted()) problem.value = codeOf(error);
      }
    },
    [address, shown, problem],
  );
  useEffect(() => {
    let left = false;
    history.replaceState(null, '', `${location.pathname}${address}`);
    void load(null, () => !left);
    return () => {
      left = true;
    };
  }, [address, load]);
  const t = auditWords.value;
  const { value } = shown;
  return (
    <section class="card" data-testid="audit-entries" aria-busy={!value}>
      <h2>{t.entries}</h2>
      {problem.value && <Failure code={problem.value} testId="audit-error" retry={() => void load(null)} />}
      {!value && !problem.value && <Bone width="l" />}
      {value?.entries.length === 0 && <p class="muted">{t.none}</p>}
      <ul class="audit-list">
        {value?.entries.map((entry) => (
          <EntryLine key={entry.index} entry={entry} narrow={narrow} />
        ))}
      </ul>
      {value?.next != null && (
        <p class="more">
          <button type="button" class="button" data-testid="audit-more" onClick={() => void load(value.next)}>
            {t.more}
          </button>
        </p>
      )}
    </section>
  );
}

/** The period, what a row stands for, and of what. */
import type { Signal } from '@preact/signals';
import type { SearchTerms } from '../shared/api-types.ts';
import { timezone } from '../shared/format.ts';
import { DayField, LabelledChoice, LabelledSelect } from '../shared/labelled.tsx';
import { span } from '../shared/question.ts';
import { KINDS, type Question, SPANS } from './question.ts';
import { statisticsWords } from './words.ts';

interface QuestionFormProps {
  question: Signal<Question>;
  /** The period that was answered, for whoever has not chosen one. */
  period: { from: string; to: string } | null;
  terms: SearchTerms | null;
}

export function QuestionForm({ question, period, terms }: QuestionFormProps) {
  const t = statisticsWords.value;
  const ask = (change: Question) => {
    question.value = { ...question.value, ...change };
  };
  const asked = question.value.from || question.value.to ? question.value : period;
  const { from = '', to = '' } = asked ?? {};
  const day = (field: 'from' | 'to', value: string) => (
    <DayField
      name={t[field]}
      testId={`statistics-${field}`}
      value={value}
      choose={(chosen) => ask({ from, to, [field]: chosen })}
    />
  );
  return (
    <section class="card filter-panel" aria-label={t.question} data-testid="statistics-question">
      <div class="days">
        {SPANS.map((days) => {
          const wish = span(days, timezone.value);
          return (
            <button
              type="button"
              key={days}
              class="button small"
              data-testid={`span-${days}`}
              aria-pressed={wish.from === from && wish.to === to}
              onClick={() => ask(days === 365 ? { ...wish, by: 'month' } : wish)}
            >
              {t.spans[days]}
            </button>
          );
        })}
        <span class="range">
          {day('from', from)}
          {day('to', to)}
        </span>
      </div>
      <div class="filter-fields">
        <LabelledSelect
          name={t.by}
          testId="statistics-by"
          value={question.value.by ?? 'day'}
          choose={(by) => ask({ by })}
        >
          {KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {t.kinds[kind]}
            </option>
          ))}
        </LabelledSelect>
        <Narrowed
          field="line"
          all={terms?.lines.map(({ did, name }) => [did, name || did])}
          {...{ question, ask }}
        />
        <Narrowed
          field="queue"
          all={terms?.queues.map(({ id, name }) => [id, name])}
          {...{ question, ask }}
        />
        {(terms?.clients.length ?? 0) > 1 && (
          <Narrowed
            field="client"
            all={terms?.clients.map(({ id, name }) => [id, name])}
            {...{ question, ask }}
          />
        )}
      </div>
    </section>
  );
}

interface NarrowedProps {
  field: 'line' | 'queue' | 'client';
  all: [id: string, name: string][] | undefined;
  question: Signal<Question>;
  ask(change: Question): void;
}

function Narrowed({ field, all = [], question, ask }: NarrowedProps) {
  const t = statisticsWords.value;
  return (
    <LabelledChoice
      name={t.kinds[field]}
      testId={`statistics-${field}`}
      value={question.value[field] ?? ''}
      none={t.all}
      options={all}
      choose={(chosen) => ask({ [field]: chosen })}
    />
  );
}

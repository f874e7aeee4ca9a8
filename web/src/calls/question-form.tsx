/** What the list is narrowed down by. */
import type { Signal } from '@preact/signals';
import type { SearchTerms } from '../shared/api-types.ts';
import { timezone } from '../shared/format.ts';
import { DayField, LabelledChoice } from '../shared/labelled.tsx';
import { span } from '../shared/question.ts';
import { narrow } from '../shared/width.ts';
import { type Question, SPANS } from './question.ts';
import { callWords } from './words.ts';

interface QuestionFormProps {
  question: Signal<Question>;
  terms: SearchTerms | null;
  /** Where the same list is for a spreadsheet. */
  csv: string;
}

export function QuestionForm({ question, terms, csv }: QuestionFormProps) {
  const t = callWords.value;
  const { from = '', to = '' } = question.value;
  const ask = (change: Question) => {
    question.value = { ...question.value, ...change };
  };
  const names: Record<string, string> = t.fields;
  const choice = (field: keyof Question, options: [string, string][] = []) => (
    <LabelledChoice
      key={field}
      name={names[field] ?? field}
      testId={`calls-${field}`}
      value={question.value[field] ?? ''}
      none={t.any}
      options={options}
      choose={(chosen) => ask({ [field]: chosen })}
    />
  );
  const fields = (
    <div class="filter-fields">
      {choice('recorded', [
        ['true', t.recorded],
        ['false', t.notRecorded],
      ])}
      {choice('reason', Object.entries(t.reasons))}
      {choice('disposition', Object.entries(t.dispositions))}
      {choice('direction', Object.entries(t.directions))}
      {choice(
        'line',
        terms?.lines.map(({ did, name }) => [did, name || did]),
      )}
      {choice(
        'queue',
        terms?.queues.map(({ id, name }) => [id, name]),
      )}
      {(terms?.clients.length ?? 0) > 1 &&
        choice(
          'client',
          terms?.clients.map(({ id, name }) => [id, name]),
        )}
    </div>
  );
  return (
    <search class="card filter-panel" aria-label={t.question} data-testid="calls-question">
      <div class="days">
        {SPANS.map((days) => {
          const wish = span(days, timezone.value);
          const pressed = wish.from === from && wish.to === to;
          return (
            <button
              type="button"
              key={days}
              class="button small"
              aria-pressed={pressed}
              data-testid={`calls-span-${days}`}
              onClick={() => ask(pressed ? { from: '', to: '' } : wish)}
            >
              {t.spans[days]}
            </button>
          );
        })}
        <span class="range">
          <DayField name={t.from} testId="calls-from" value={from} choose={(value) => ask({ from: value })} />
          <DayField name={t.to} testId="calls-to" value={to} choose={(value) => ask({ to: value })} />
        </span>
        <a class="button small csv" href={csv} download data-testid="calls-csv">
          {t.csv}
        </a>
      </div>
      {narrow.value ? (
        <details class="call-filters" data-testid="calls-filters">
          <summary>{t.question}</summary>
          {fields}
        </details>
      ) : (
        fields
      )}
    </search>
  );
}

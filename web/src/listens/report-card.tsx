/** One month of listening in figures: per person, per reason, per extension. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { api } from '../shared/api.ts';
import { codeOf } from '../shared/api-error.ts';
import { count } from '../shared/format.ts';
import { words } from '../shared/i18n.ts';
import type { ListenReport } from '../shared/listen-types.ts';
import { Bone, Failure } from '../shared/ui.tsx';
import { listensWords } from './words.ts';

export function ReportCard() {
  /** Empty: the month that runs. */
  const month = useSignal('');
  const report = useSignal<ListenReport | null>(null);
  const problem = useSignal<string | null>(null);
  useEffect(() => {
    let left = false;
    api.listenReport(month.value).then(
      (answer) => {
        if (left) return;
        report.value = answer;
        problem.value = null;
      },
      (error: unknown) => {
        if (!left) problem.value = codeOf(error);
      },
    );
    return () => {
      left = true;
    };
  }, [month.value, report, problem]);
  const t = listensWords.value;
  const { value } = report;
  const reasons: Record<string, string> = words.value.listen.reasons;
  return (
    <section class="card listen-report" data-testid="listen-report" aria-busy={!value}>
      <h2>{t.report}</h2>
      <div class="field">
        <label for="listen-month">{t.month}</label>
        <input
          id="listen-month"
          type="month"
          value={month.value || value?.month || ''}
          onChange={(event) => {
            month.value = event.currentTarget.value;
          }}
        />
      </div>
      {problem.value && <Failure code={problem.value} testId="report-error" />}
      {!value && !problem.value && <Bone width="l" />}
      {value && (
        <>
          <p data-testid="report-totals">
            {t.totals(count(value.listens), count(value.handedOut), count(value.refused))}
          </p>
          <Counts title={t.byPerson} counts={value.byPerson} />
          <Counts title={t.byReason} counts={value.byReason} names={reasons} />
          <Counts title={t.byExtension} counts={value.byExtension} />
        </>
      )}
    </section>
  );
}

interface CountsProps {
  title: string;
  counts: Record<string, number>;
  names?: Record<string, string>;
}

/** The bar behind each figure is as long as its share of the largest. */
function Counts({ title, counts, names = {} }: CountsProps) {
  const rows = Object.entries(counts);
  if (rows.length === 0) return null;
  const most = Math.max(...rows.map(([, amount]) => amount));
  return (
    <>
      <h3>{title}</h3>
      <ul class="counts">
        {rows.map(([key, amount]) => (
          <li key={key}>
            <span>{names[key] ?? key}</span>
            <meter max={most} value={amount} aria-hidden="true" />
            <span class="figures">{count(amount)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

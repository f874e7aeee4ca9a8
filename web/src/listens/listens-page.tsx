/** Who listened to my calls, when and why; and the month in figures, for those who watch over it (C30). */
import { useSignal } from '@preact/signals';
import { useCallback, useEffect } from 'preact/hooks';
import { may } from '../access/session.ts';
import { api } from '../shared/api.ts';
import { codeOf } from '../shared/api-error.ts';
import { count, nearDay, time } from '../shared/format.ts';
import { words } from '../shared/i18n.ts';
import type { Listen, Listens } from '../shared/listen-types.ts';
import { Bone, Failure, PageTitle } from '../shared/ui.tsx';
import { ReportCard } from './report-card.tsx';
import { listensWords } from './words.ts';

export function ListensPage() {
  const mine = useSignal<Listens | null>(null);
  const problem = useSignal<string | null>(null);
  const load = useCallback(async () => {
    try {
      mine.value = await api.listens();
      problem.value = null;
    } catch (error) {
      problem.value = codeOf(error);
    }
  }, [mine, problem]);
  useEffect(() => void load(), [load]);
  const t = listensWords.value;
  const { value } = mine;
  return (
    <>
      <PageTitle text={t.title}>
        <p class="muted">{value ? t.mine(value.total, count(value.total)) : '\u00a0'}</p>
      </PageTitle>
      {problem.value && <Failure code={problem.value} testId="listens-error" retry={() => void load()} />}
      <section class="card" data-testid="listens" aria-busy={!value}>
        <h2>{t.ofMine}</h2>
        {!value && !problem.value && <Bone width="l" />}
        {value?.listens.length === 0 && <p class="muted">{t.none}</p>}
        <ul class="person-rows">
          {value?.listens.map((listen) => (
            <Line key={listen.at + listen.recording + listen.how} listen={listen} />
          ))}
        </ul>
        {value && value.total > value.listens.length && <p class="hint">{t.more(count(value.total))}</p>}
      </section>
      {may('listens:report') && <ReportCard />}
    </>
  );
}

function Line({ listen: { at, by, how, code, reason, recording } }: { listen: Listen }) {
  const t = listensWords.value;
  const reasons: Record<string, string> = words.value.listen.reasons;
  return (
    <li data-testid="listen">
      <div class="person-head">
        <time dateTime={at}>
          {nearDay(at)}, {time(at)}
        </time>
        <strong>{by}</strong>
        <span class={how.startsWith('supervision') ? 'tag warning' : 'tag'}>{t.how[how] ?? how}</span>
      </div>
      <p>
        {reasons[code] ?? (code || t.noCode)}
        {reason && ` · ${t.modes[reason] ?? reason}`}
      </p>
      <p class="hint">
        {t.call} <code>{recording}</code>
      </p>
    </li>
  );
}

/** What goes when, what is kept from going, and what waits for a second person. */
import { useSignal } from '@preact/signals';
import { useCallback, useEffect } from 'preact/hooks';
import { may } from '../access/session.ts';
import { api } from '../shared/api.ts';
import { codeOf } from '../shared/api-error.ts';
import { Purpose } from '../shared/call-words.tsx';
import { count, day, daysFromNow } from '../shared/format.ts';
import { useLoaded } from '../shared/loaded.ts';
import type { Going, RetentionPreview } from '../shared/retention-types.ts';
import { Banner, Bone, Failure, PageTitle } from '../shared/ui.tsx';
import { ApprovalsCard } from './approvals-card.tsx';
import { GoingPlot } from './going-plot.tsx';
import { HoldsCard } from './holds-card.tsx';
import { retentionWords } from './words.ts';

const DAYS = 30;
const noHolds = async () => ({ holds: [] });

export function RetentionPage() {
  const preview = useSignal<RetentionPreview | null>(null);
  const problem = useSignal<string | null>(null);
  const load = useCallback(async () => {
    try {
      preview.value = await api.retention(DAYS, null);
      problem.value = null;
    } catch (error) {
      problem.value = codeOf(error);
    }
  }, [preview, problem]);
  useEffect(() => void load(), [load]);
  const holds = useLoaded(may('holds:read') ? api.holds : noHolds);
  const asked = useSignal(0);
  async function more() {
    const { value } = preview;
    if (!value?.next) return;
    const page = await api.retention(DAYS, value.next);
    preview.value = { ...value, recordings: [...value.recordings, ...page.recordings], next: page.next };
  }
  const t = retentionWords.value;
  const { value } = preview;
  const total = value?.days.reduce((sum, { recordings }) => sum + recordings, 0) ?? 0;
  return (
    <>
      <PageTitle text={t.title}>
        <p class="muted" data-testid="going-total">
          {value ? t.soon(total, count(total), DAYS) : '\u00a0'}
        </p>
      </PageTitle>
      {problem.value && <Failure code={problem.value} testId="retention-error" retry={() => void load()} />}
      {value?.suspended && (
        <Banner tone="error" testId="clock-jumped">
          {t.suspended(day(value.suspended.wall), day(value.suspended.expected))}
        </Banner>
      )}
      {may('approvals:read') && (
        <ApprovalsCard
          key={asked.value}
          changed={() => {
            void load();
            void holds.load();
          }}
        />
      )}
      {may('holds:read') && (
        <HoldsCard
          loaded={holds}
          asked={() => {
            asked.value += 1;
          }}
        />
      )}
      <section class="card going" aria-busy={!value}>
        <h2>{t.byDay}</h2>
        {value ? <GoingPlot preview={value} span={DAYS} /> : <Bone width="l" />}
        {value && value.recordings.length > 0 && <List rows={value.recordings} />}
        {value?.next && (
          <p class="more">
            <button type="button" class="button" data-testid="more-going" onClick={() => void more()}>
              {t.more}
            </button>
          </p>
        )}
      </section>
    </>
  );
}

function List({ rows }: { rows: Going[] }) {
  const t = retentionWords.value;
  return (
    <>
      <h3>{t.list}</h3>
      <ul class="person-rows" data-testid="going">
        {rows.map(({ id, goesAt, heldUntil, purpose, line }) => (
          <li key={id}>
            <div class="person-head">
              <time dateTime={goesAt}>
                {day(goesAt)} <span class="muted">({daysFromNow(goesAt)})</span>
              </time>
              <Purpose purpose={purpose} />
              {heldUntil && <span class="tag warning">{t.held(day(heldUntil))}</span>}
            </div>
            <p class="hint">
              {line} · <code>{id}</code>
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}

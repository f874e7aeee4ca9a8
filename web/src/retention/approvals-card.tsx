/** What one person has asked for and another decides. */
import { useSignal } from '@preact/signals';
import { useCallback, useEffect } from 'preact/hooks';
import { may, session } from '../access/session.ts';
import { api } from '../shared/api.ts';
import { codeOf } from '../shared/api-error.ts';
import { day } from '../shared/format.ts';
import type { Approval } from '../shared/retention-types.ts';
import { Banner, Bone, Failure } from '../shared/ui.tsx';
import { retentionWords } from './words.ts';

export function ApprovalsCard({ changed }: { changed: () => void }) {
  const approvals = useSignal<Approval[] | null>(null);
  const problem = useSignal<string | null>(null);
  const said = useSignal<{ what: string; failed: boolean } | null>(null);
  const load = useCallback(async () => {
    try {
      approvals.value = (await api.approvals()).approvals.filter(({ state }) => state === 'pending');
    } catch (error) {
      problem.value = codeOf(error);
    }
  }, [approvals, problem]);
  useEffect(() => void load(), [load]);
  async function decide(id: string, verdict: 'approved' | 'refused') {
    try {
      const { outcome, kind } = await api.decide(id, verdict);
      // What failed is said as the machine says it; what was done, in the reader's words.
      const what = outcome?.failed ? outcome.says : (retentionWords.value.kinds[kind] ?? kind);
      [said.value, problem.value] = [outcome ? { what, failed: outcome.failed } : null, null];
      await load();
      changed();
    } catch (error) {
      problem.value = codeOf(error);
    }
  }
  const t = retentionWords.value;
  return (
    <section class="card" data-testid="approvals" aria-busy={!approvals.value}>
      <h2>{t.waiting}</h2>
      {problem.value && <Failure code={problem.value} testId="approvals-error" />}
      {said.value && (
        <Banner tone={said.value.failed ? 'error' : 'info'} testId="approval-done">
          {said.value.failed ? t.failed(said.value.what) : t.done(said.value.what)}
        </Banner>
      )}
      {!approvals.value && !problem.value && <Bone width="l" />}
      {approvals.value?.length === 0 && <p class="muted">{t.none}</p>}
      <ul class="person-rows">
        {approvals.value?.map((approval) => (
          <Line key={approval.id} approval={approval} decide={decide} />
        ))}
      </ul>
    </section>
  );
}

interface LineProps {
  approval: Approval;
  decide: (id: string, verdict: 'approved' | 'refused') => Promise<void>;
}

function Line({ approval: { id, kind, subject, reason, requestedBy, expiresAt }, decide }: LineProps) {
  const t = retentionWords.value;
  const about = subject.recording ?? subject.matter ?? subject.hold ?? subject.request;
  const own = requestedBy === session.value?.user;
  const mayDecide = may(kind === 'time-confirm' ? 'time:confirm' : 'approvals:decide');
  return (
    <li data-testid="approval" data-id={id}>
      <div class="person-head">
        <strong>{t.kinds[kind] ?? kind}</strong>
        {about !== undefined && <code class="small">{String(about)}</code>}
      </div>
      <p>{reason}</p>
      <p class="hint">
        {t.askedBy(requestedBy)}, {t.until(day(expiresAt))}
      </p>
      {own && <p class="hint">{t.own}</p>}
      {!own && mayDecide && (
        <div class="actions">
          <button
            type="button"
            class="button primary small"
            data-testid="approve"
            onClick={() => void decide(id, 'approved')}
          >
            {t.approve}
          </button>
          <button
            type="button"
            class="button small"
            data-testid="refuse"
            onClick={() => void decide(id, 'refused')}
          >
            {t.refuse}
          </button>
        </div>
      )}
    </li>
  );
}

/** What must not be destroyed for the time being, and why. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { api } from '../shared/api.ts';
import { codeOf } from '../shared/api-error.ts';
import { day } from '../shared/format.ts';
import type { Hold } from '../shared/retention-types.ts';
import { Bone, Failure } from '../shared/ui.tsx';
import { retentionWords } from './words.ts';

export function HoldsCard() {
  const holds = useSignal<Hold[] | null>(null);
  const problem = useSignal<string | null>(null);
  useEffect(() => {
    api.holds().then(
      (answer) => {
        holds.value = answer.holds;
      },
      (error: unknown) => {
        problem.value = codeOf(error);
      },
    );
  }, [holds, problem]);
  const t = retentionWords.value;
  return (
    <section class="card" data-testid="holds" aria-busy={!holds.value}>
      <h2>{t.holds}</h2>
      {problem.value && <Failure code={problem.value} testId="holds-error" />}
      {!holds.value && !problem.value && <Bone width="l" />}
      {holds.value?.length === 0 && <p class="muted">{t.noHolds}</p>}
      <ul class="person-rows">
        {holds.value?.map((hold) => (
          <li key={hold.id} data-testid="hold">
            <div class="person-head">
              <strong>{hold.matter}</strong> <State hold={hold} />
            </div>
            <p>{hold.reason}</p>
            <p class="hint">
              {t.hold(hold.recordings.length, day(hold.releasedAt ?? hold.endsAt))} ·{' '}
              {t.by(hold.requestedBy, hold.approvedBy)}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function State({ hold }: { hold: Hold }) {
  const { states } = retentionWords.value;
  if (hold.damage) return <span class="tag danger">{states.damaged}</span>;
  if (hold.active) return <span class="tag warning">{states.active}</span>;
  return <span class="tag">{hold.releasedAt ? states.released : states.over}</span>;
}

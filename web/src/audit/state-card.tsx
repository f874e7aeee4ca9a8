/** How large the log is, what stands for all of it, and who remembers that. */
import { count, day, fingerprint, nearDay, timeToTheSecond } from '../shared/format.ts';
import { Check, Warn } from '../shared/icons.tsx';
import type { LogState, WitnessState } from '../shared/law-types.ts';
import { Banner, Bone, Fact, Failure } from '../shared/ui.tsx';
import { auditWords } from './words.ts';

export function StateCard({ state, problem }: { state: LogState | null; problem: string | null }) {
  const t = auditWords.value.state;
  return (
    <section class="card" data-testid="audit-state" aria-busy={!state}>
      <h2>{t.title}</h2>
      {problem && <Failure code={problem} testId="audit-state-error" />}
      {!state && !problem && <Bone width="l" />}
      {state && (
        <>
          {state.frozen && (
            <Banner tone="warning" testId="audit-frozen">
              {t.frozen(day(state.frozen.at))}
            </Banner>
          )}
          <dl class="fact-list">
            <Fact name={t.size}>
              {auditWords.value.brief(state.size, count(state.size))}
              {state.begins > 0 && <span class="hint"> ({t.begins(count(state.begins))})</span>}
            </Fact>
            <Fact name={t.root}>
              <code>{state.root}</code>
            </Fact>
            <Fact name={t.checkpoint}>
              {nearDay(state.takenAt)} {timeToTheSecond(state.takenAt)}
            </Fact>
            <Fact name={t.key}>
              <code>{fingerprint(state.fingerprint)}</code>
            </Fact>
          </dl>
          <h3>{t.witnesses}</h3>
          {state.witnesses.length === 0 && (
            <p class="verdict doubtful" data-testid="no-witness">
              <Warn />
              <span>{t.noWitness}</span>
            </p>
          )}
          <ul class="person-rows">
            {state.witnesses.map((witness) => (
              <Witness key={witness.id} witness={witness} />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Witness({ witness: { id, kind, lastAt, behind, error } }: { witness: WitnessState }) {
  const t = auditWords.value.state;
  const well = error === null && behind === 0;
  return (
    <li data-testid="witness">
      <div class="person-head">
        <strong>{id}</strong>
        <span class="muted">{t.kinds[kind] ?? kind}</span>
        <span class={well ? 'verdict good' : 'verdict doubtful'}>
          {well ? <Check /> : <Warn />}
          {behind > 0 ? t.behind(behind, count(behind)) : t.fresh}
        </span>
      </div>
      <p class="hint">
        {lastAt ? t.accepted(`${nearDay(lastAt)} ${timeToTheSecond(lastAt)}`) : t.never}
        {error && ` · ${error}`}
      </p>
    </li>
  );
}

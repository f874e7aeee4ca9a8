/** All scorecards that one may see, of an agent or of a team, and how they go. */
import { type Signal, useSignal } from '@preact/signals';
import { useCallback, useEffect } from 'preact/hooks';
import { may, mayHear } from '../access/session.ts';
import { api } from '../shared/api.ts';
import { codeOf } from '../shared/api-error.ts';
import { count } from '../shared/format.ts';
import { LabelledSelect } from '../shared/labelled.tsx';
import type { AllScorecards, Named } from '../shared/scorecard-types.ts';
import { Bone, Failure } from '../shared/ui.tsx';
import { CardLine } from './card-line.tsx';
import { TrendCards } from './trend-cards.tsx';
import { qualityWords } from './words.ts';

export function AllCards() {
  const found = useSignal<AllScorecards | null>(null);
  const problem = useSignal<string | null>(null);
  const [agent, team] = [useSignal(''), useSignal('')];
  const load = useCallback(async () => {
    try {
      found.value = await api.scorecards({ agent: agent.value, team: team.value });
      problem.value = null;
    } catch (error) {
      problem.value = codeOf(error);
    }
  }, [found, problem, agent.value, team.value]);
  useEffect(() => void load(), [load]);
  const t = qualityWords.value;
  const { value } = found;
  return (
    <>
      {value && (
        <section class="card filter-panel" aria-label={t.all}>
          <div class="filter-fields">
            <Choice name={t.agent} testId="quality-agent" all={value.agents} chosen={agent} />
            {value.teams.length > 0 && (
              <Choice name={t.team} testId="quality-team" all={value.teams} chosen={team} />
            )}
          </div>
        </section>
      )}
      {value && <TrendCards trend={value.trend} />}
      <section class="card" data-testid="scorecards" aria-busy={!value}>
        <h2>
          {t.all} {value && <span class="muted small">{t.counted(value.total, count(value.total))}</span>}
        </h2>
        {problem.value && (
          <Failure code={problem.value} testId="scorecards-error" retry={() => void load()} />
        )}
        {!value && !problem.value && <Bone width="l" />}
        {value?.total === 0 && <p class="muted">{t.none}</p>}
        <ul class="person-rows">
          {value?.cards.map((card) => (
            <CardLine key={card.id} card={card} named mayListen={mayHear.value}>
              {may('scorecards:make') && <Withdraw id={card.id} done={() => void load()} />}
            </CardLine>
          ))}
        </ul>
        {value && value.total > value.cards.length && <p class="hint">{t.more(count(value.total))}</p>}
      </section>
    </>
  );
}

interface ChoiceProps {
  name: string;
  testId: string;
  all: Named[];
  chosen: Signal<string>;
}

function Choice({ name, testId, all, chosen }: ChoiceProps) {
  return (
    <LabelledSelect
      name={name}
      testId={testId}
      value={chosen.value}
      choose={(value) => {
        chosen.value = value;
      }}
    >
      <option value="">{qualityWords.value.everybody}</option>
      {all.map(({ id, name: text }) => (
        <option key={id} value={id}>
          {text}
        </option>
      ))}
    </LabelledSelect>
  );
}

function Withdraw({ id, done }: { id: string; done(): void }) {
  const asked = useSignal(false);
  const problem = useSignal<string | null>(null);
  const t = qualityWords.value;
  async function withdraw() {
    try {
      await api.withdrawScorecard(id);
      done();
    } catch (error) {
      problem.value = codeOf(error);
    }
  }
  if (problem.value) return <Failure code={problem.value} testId="withdraw-error" />;
  if (!asked.value)
    return (
      <p>
        <button
          type="button"
          class="link-button"
          data-testid="withdraw"
          onClick={() => {
            asked.value = true;
          }}
        >
          {t.withdraw}
        </button>
      </p>
    );
  return (
    <div class="person-head">
      <span>{t.sure}</span>
      <button type="button" class="button small" data-testid="withdraw-yes" onClick={() => void withdraw()}>
        {t.yes}
      </button>
      <button
        type="button"
        class="button small"
        onClick={() => {
          asked.value = false;
        }}
      >
        {t.no}
      </button>
    </div>
  );
}

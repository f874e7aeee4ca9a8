/** What was said of my talks, and what I say to it. */
import { type Signal, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { api } from '../shared/api.ts';
import { codeOf } from '../shared/api-error.ts';
import { count } from '../shared/format.ts';
import type { Scorecard, Scorecards } from '../shared/scorecard-types.ts';
import { Bone, Failure } from '../shared/ui.tsx';
import { CardLine } from './card-line.tsx';
import { TrendCards } from './trend-cards.tsx';
import { qualityWords } from './words.ts';

/** @param quiet says nothing where there is nothing: for those whose page has more on it */
export function OwnCards({ quiet }: { quiet: boolean }) {
  const found = useSignal<Scorecards | null>(null);
  const problem = useSignal<string | null>(null);
  useEffect(() => {
    api.ownScorecards().then(
      (answer) => {
        found.value = answer;
      },
      (error: unknown) => {
        problem.value = codeOf(error);
      },
    );
  }, [found, problem]);
  const t = qualityWords.value;
  const { value } = found;
  if (quiet && (!value || value.total === 0)) return null;
  return (
    <>
      {value && <TrendCards trend={value.trend} />}
      <section class="card" data-testid="own-scorecards" aria-busy={!value}>
        <h2>{t.mine}</h2>
        {problem.value && <Failure code={problem.value} testId="scorecards-error" />}
        {!value && !problem.value && <Bone width="l" />}
        {value?.total === 0 && <p class="muted">{t.noneOfMine}</p>}
        <ul class="person-rows">
          {value?.cards.map((card) => (
            <CardLine key={card.id} card={card} named={false} mayListen={false}>
              {!card.answer && <Answer card={card} found={found} />}
            </CardLine>
          ))}
        </ul>
        {value && value.total > value.cards.length && <p class="hint">{t.more(count(value.total))}</p>}
      </section>
    </>
  );
}

function Answer({ card, found }: { card: Scorecard; found: Signal<Scorecards | null> }) {
  const text = useRef<HTMLTextAreaElement>(null);
  const problem = useSignal<string | null>(null);
  async function submit(event: SubmitEvent) {
    event.preventDefault();
    try {
      const answered = await api.answerScorecard(card.id, text.current?.value ?? '');
      const { value } = found;
      if (value)
        found.value = { ...value, cards: value.cards.map((one) => (one.id === card.id ? answered : one)) };
    } catch (error) {
      problem.value = codeOf(error);
    }
  }
  const t = qualityWords.value;
  const id = `answer-${card.id}`;
  return (
    <form class="answer" onSubmit={submit}>
      <label for={id}>{t.answer}</label>
      <textarea id={id} ref={text} rows={2} maxLength={2_000} required data-testid="answer" />
      {problem.value && <Failure code={problem.value} testId="answer-error" />}
      <button type="submit" class="button small" data-testid="answer-submit">
        {t.send}
      </button>
    </form>
  );
}

/** One scorecard: marks, comment, answer. */
import type { ComponentChildren } from 'preact';
import { count, day, nearDay, time } from '../shared/format.ts';
import { addressOf, follow } from '../shared/router.ts';
import type { Scorecard } from '../shared/scorecard-types.ts';
import { CRITERIA } from './mark-choice.tsx';
import { qualityWords } from './words.ts';

interface CardLineProps {
  card: Scorecard;
  /** Whether the name of the agent is news to the reader. */
  named: boolean;
  mayListen: boolean;
  children?: ComponentChildren;
}

export function CardLine({ card, named, mayListen, children }: CardLineProps) {
  const t = qualityWords.value;
  return (
    <li data-testid="scorecard">
      <div class="person-head">
        {named && <strong>{card.agentName}</strong>}
        <span>{t.talk(nearDay(card.talkedAt), time(card.talkedAt))}</span>
        {named && (
          <span class={card.seenAt ? 'tag' : 'tag warning'}>
            {card.seenAt ? t.seen(day(card.seenAt)) : t.unseen}
          </span>
        )}
      </div>
      <dl class="card-marks">
        {CRITERIA.map((criterion) => {
          const mark = card.marks[criterion];
          return (
            <div key={criterion}>
              <dt>{t.criteria[criterion]}</dt>
              <dd>
                {mark === null ? (
                  <span class="muted">{t.notJudged}</span>
                ) : (
                  <>
                    <meter min={0} max={4} value={mark} aria-hidden="true" /> {t.of4(count(mark))}
                  </>
                )}
              </dd>
            </div>
          );
        })}
      </dl>
      {card.feedback && <p class="feedback">{card.feedback}</p>}
      {card.answer && (
        <p class="feedback">
          <span class="muted">{named ? t.answered : t.answer} : </span>
          {card.answer}
        </p>
      )}
      <p class="hint">
        {t.by(card.madeBy, day(card.madeAt))}
        {mayListen && card.playable && (
          <>
            {' · '}
            <a href={addressOf(card.recording)} onClick={follow}>
              {t.listen}
            </a>
          </>
        )}
      </p>
      {children}
    </li>
  );
}

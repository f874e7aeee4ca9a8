/** The period in eight figures, each with what it is made of. */
import { FigureCard } from '../shared/figure-card.tsx';
import { clock, count, percent } from '../shared/format.ts';
import type { Figures, Statistics } from '../shared/statistics-types.ts';
import { duration, isTime, nameOf, share } from './labels.ts';
import { statisticsWords } from './words.ts';

interface Card {
  id: string;
  name: string;
  value: string;
  hint: string;
  amount(figures: Figures): number | null;
  write(amount: number): string;
}

export function FigureCards({ statistics }: { statistics: Statistics }) {
  const t = statisticsWords.value;
  const { by, rows } = statistics;
  return (
    <section class="figure-cards" aria-label={t.figures} data-testid="statistics-figures">
      {cardsOf(statistics).map(({ id, amount, ...card }) => (
        <FigureCard
          key={id}
          testId={`figure-${id}`}
          {...card}
          bars={isTime(by) ? rows.map((row) => ({ name: nameOf(row, by), amount: amount(row) })) : []}
          none={t.none}
          plot={t.plot}
        />
      ))}
      <Destruction statistics={statistics} />
    </section>
  );
}

function cardsOf({ totals, withinSeconds, againDays }: Statistics): Card[] {
  const t = statisticsWords.value;
  return [
    {
      id: 'calls',
      name: t.calls,
      value: count(totals.calls),
      hint: t.callsHint(count(totals.closed), count(totals.outbound)),
      amount: ({ calls }) => calls,
      write: count,
    },
    {
      id: 'answer-rate',
      name: t.answerRate,
      value: share(totals.answerRate),
      hint: t.inTime(share(totals.inTime), withinSeconds),
      amount: ({ answerRate }) => answerRate,
      write: percent,
    },
    {
      id: 'waiting',
      name: t.waiting,
      value: duration(totals.waitingSeconds),
      hint: t.longest(duration(totals.longestWaitSeconds)),
      amount: ({ waitingSeconds }) => waitingSeconds,
      write: clock,
    },
    {
      id: 'handling',
      name: t.handling,
      value: duration(totals.handlingSeconds),
      hint: t.handlingHint,
      amount: ({ handlingSeconds }) => handlingSeconds,
      write: clock,
    },
    {
      id: 'recorded',
      name: t.recorded,
      value: share(totals.recordedShare),
      hint: t.proven(share(totals.provenShare)),
      amount: ({ recordedShare }) => recordedShare,
      write: percent,
    },
    {
      id: 'opt-outs',
      name: t.optOuts,
      value: count(totals.optOuts),
      hint: t.optOutsHint,
      amount: ({ optOuts }) => optOuts,
      write: count,
    },
    {
      id: 'resolved',
      name: t.resolved,
      value: share(totals.resolvedShare),
      hint: t.resolvedHint(againDays),
      amount: ({ resolvedShare }) => resolvedShare,
      write: percent,
    },
  ];
}

/** Not known by client, line or queue: a tombstone does not say. */
function Destruction({ statistics: { destruction } }: { statistics: Statistics }) {
  const t = statisticsWords.value;
  return (
    <figure class="card day-plot" data-testid="figure-destroyed">
      <figcaption>
        <span class="muted small">{t.destroyed}</span>
        <strong class="figure-value figures">{destruction ? count(destruction.destroyed) : '–'}</strong>
        <span class={destruction?.overdue ? 'small bad' : 'muted small'}>
          {destruction ? t.overdue(destruction.overdue, count(destruction.overdue)) : t.ofAllOnly}
        </span>
      </figcaption>
      {destruction && destruction.destroyed > 0 && (
        <ul class="reasons small">
          {Object.entries(destruction.byReason).map(([reason, amount]) => (
            <li key={reason}>
              <span>{t.reasons[reason] ?? reason}</span> <span class="figures">{count(amount)}</span>
            </li>
          ))}
        </ul>
      )}
    </figure>
  );
}

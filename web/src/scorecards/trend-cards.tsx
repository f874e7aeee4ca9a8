/** How marks go from month to month: all together, and each question. */
import { FigureCard } from '../shared/figure-card.tsx';
import { calendarMonth, count } from '../shared/format.ts';
import type { Scorecards, Trend } from '../shared/scorecard-types.ts';
import { CRITERIA } from './mark-choice.tsx';
import { qualityWords } from './words.ts';

export function TrendCards({ trend }: Pick<Scorecards, 'trend'>) {
  const t = qualityWords.value;
  const last = trend.at(-1);
  if (!last) return null;
  const cards: [id: string, name: string, of: (month: Trend) => number | null][] = [
    ['mean', t.mean, ({ mean }) => mean],
    ...CRITERIA.map((one): [string, string, (month: Trend) => number | null] => [
      one,
      t.criteria[one],
      ({ byCriterion }) => byCriterion[one],
    ]),
  ];
  return (
    <section class="figure-cards trend" aria-label={t.trend} data-testid="trend">
      {cards.map(([id, name, of]) => {
        const value = of(last);
        return (
          <FigureCard
            key={id}
            testId={`trend-${id}`}
            name={name}
            value={value === null ? '–' : count(value)}
            hint={`${calendarMonth(last.month)} · ${t.cards(last.cards)}`}
            full={4}
            bars={
              trend.length > 1
                ? trend.map((month) => ({ name: calendarMonth(month.month), amount: of(month) }))
                : []
            }
            write={(mark) => t.of4(count(mark))}
            none={t.noMark}
            plot={t.plot}
          />
        );
      })}
    </section>
  );
}

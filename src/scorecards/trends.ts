// How marks go from month to month, for one agent or a team: means with how many cards they are made of, for few cards say
// little.

import { CRITERIA, type Criterion, meanOf } from './criteria.ts';
import type { Scorecard } from './store.ts';

export interface Trend {
  /** YYYY-MM of the talks, by the clock of the site. */
  month: string;
  cards: number;
  mean: number | null;
  byCriterion: Record<Criterion, number | null>;
}

/** One row for each month in which there was a card, oldest first. @param monthOf of a moment (UTC ISO 8601) */
export function trendOf(
  cards: Pick<Scorecard, 'talkedAt' | 'marks'>[],
  monthOf: (at: string) => string,
): Trend[] {
  const months = Map.groupBy(cards, ({ talkedAt }) => monthOf(talkedAt));
  return [...months]
    .sort(([one], [next]) => (one < next ? -1 : 1))
    .map(([month, those]) => {
      const marks = those.map((card) => card.marks);
      return {
        month,
        cards: those.length,
        mean: meanOf(marks),
        byCriterion: Object.fromEntries(
          CRITERIA.map((criterion) => [criterion, meanOf(marks, criterion)]),
        ) as Trend['byCriterion'],
      };
    });
}

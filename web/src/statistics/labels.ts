/** What the rows are called, in the reader's language. */
import { calendarDay, calendarMonth, clock, percent, weekday } from '../shared/format.ts';
import type { Kind, StatisticsRow } from '../shared/statistics-types.ts';
import { statisticsWords } from './words.ts';

/** The name of a row: a day, a month, an hour; or what people call a line, a queue, a client. */
export function nameOf({ key, name }: StatisticsRow, kind: Kind): string {
  if (kind === 'day') return calendarDay(key);
  if (kind === 'month') return calendarMonth(key);
  if (kind === 'weekday') return weekday(Number(key));
  return kind === 'hour' ? statisticsWords.value.hour(Number(key)) : name;
}

/** Rows that follow one another in time; others are as many as there are. */
export const isTime = (kind: Kind) =>
  kind === 'day' || kind === 'month' || kind === 'weekday' || kind === 'hour';

export const written = <T>(value: T | null, write: (value: T) => string) =>
  value === null ? '–' : write(value);
export const share = (value: number | null) => written(value, percent);
export const duration = (value: number | null) => written(value, clock);

// What figures are kept apart by. By whoever took the call is not among it: it would measure people all day long
// (ADR 0028, C11).

import { wallClock } from '../shared/wall-clock.ts';

const QUARTER_MS = 900_000;
export const KINDS = ['day', 'month', 'weekday', 'hour', 'line', 'queue', 'client'] as const;
export type Kind = (typeof KINDS)[number];

const TIMES = ['day', 'month', 'weekday', 'hour'] as const;
type Time = (typeof TIMES)[number];

export function isTime(kind: Kind): kind is Time {
  return (TIMES as readonly string[]).includes(kind);
}

const pad = (hour: number) => String(hour).padStart(2, '0');
/** ISO 8601: Monday is 1. */
const weekdayOf = (day: string) => String(new Date(day).getUTCDay() || 7);

/** All keys of a kind of time within days, in order: those in which nobody called as well. */
export function keysOf(kind: Time, days: string[]): string[] {
  if (kind === 'day') return days;
  if (kind === 'month') return [...new Set(days.map((day) => day.slice(0, 7)))];
  if (kind === 'weekday') return [...new Set(days.map(weekdayOf))].sort();
  return Array.from({ length: 24 }, (_, hour) => pad(hour));
}

/** The key of a quarter of an hour since 1970 (UTC), by the clock of a site. */
export function keyOf(kind: Time, quarter: number, timezone: string): string {
  const { day, minutes } = wallClock(new Date(quarter * QUARTER_MS), timezone);
  if (kind === 'hour') return pad(Math.floor(minutes / 60));
  if (kind === 'weekday') return weekdayOf(day);
  return kind === 'month' ? day.slice(0, 7) : day;
}

// From which day to which: days of the site's calendar, both ends included.

import { GreffierError } from '../shared/errors.ts';
import { startOfDay } from '../shared/wall-clock.ts';

const DAY_MS = 86_400_000;
/** A month, unless told. */
const DAYS = 30;
/** A year, and the same month of the one before. */
const MOST_DAYS = 400;

export interface Day {
  /** YYYY-MM-DD. */
  name: string;
  /** UTC ISO 8601; the second left out. */
  since: string;
  before: string;
}

/** The days of a period. Throws `bad-date`, `bad-period`. */
export function daysOf(
  wish: { from?: string | undefined; to?: string | undefined },
  today: string,
  timezone: string,
) {
  const to = wish.to ?? today;
  const last = startsAt(to, 0, timezone) && Date.parse(to);
  const first = wish.from === undefined ? Number(last) - (DAYS - 1) * DAY_MS : Date.parse(wish.from);
  if (wish.from !== undefined) startsAt(wish.from, 0, timezone);
  const count = (Number(last) - first) / DAY_MS + 1;
  if (count < 1)
    throw new GreffierError('bad-period', `the period ends on ${to}, before it begins on ${wish.from}`, {
      hint: 'change the two days over',
      status: 400,
    });
  if (count > MOST_DAYS)
    throw new GreffierError('bad-period', `${count} days are more than the ${MOST_DAYS} of one question`, {
      hint: 'ask for a shorter period',
      status: 400,
    });
  return Array.from({ length: count }, (_, index): Day => {
    const name = new Date(first + index * DAY_MS).toISOString().slice(0, 10);
    return { name, since: startsAt(name, 0, timezone), before: startsAt(name, 1, timezone) };
  });
}

function startsAt(day: string, plusDays: number, timezone: string): string {
  const moment = startOfDay(day, plusDays, timezone);
  if (moment) return moment;
  throw new GreffierError('bad-date', `the calendar has no ${day}`, {
    hint: 'write YYYY-MM-DD',
    status: 400,
  });
}

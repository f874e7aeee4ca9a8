// Retention periods are ISO 8601 durations (P180D, P6M, PT1M): the one form that says its unit.

import { GreffierError } from './errors.ts';

const FORM = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/**
 * Adds an ISO 8601 duration to a moment, in UTC, so that no change to or from summer time moves a due date.
 * Months that end early (31 January and P1M) give the last day of the month, never a day later.
 * Throws `bad-duration`.
 */
export function addDuration(from: Date, duration: string): Date {
  const parts = FORM.exec(duration);
  if (!parts || duration === 'P' || duration.endsWith('T'))
    throw refusal(`not an ISO 8601 duration: ${duration}`);
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = parts
    .slice(1)
    .map((digits) => Number(digits ?? 0));
  const to = new Date(from);
  const day = to.getUTCDate();
  to.setUTCDate(1);
  to.setUTCMonth(to.getUTCMonth() + years * 12 + months);
  const lastDay = new Date(Date.UTC(to.getUTCFullYear(), to.getUTCMonth() + 1, 0)).getUTCDate();
  to.setUTCDate(Math.min(day, lastDay));
  const end = new Date(
    to.getTime() + (((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60_000 + seconds * 1000,
  );
  // Compared with a date, "invalid" is neither longer nor shorter: it would pass every ceiling.
  if (Number.isNaN(end.getTime())) throw refusal(`longer than any calendar: ${duration.slice(0, 40)}`);
  return end;
}

function refusal(message: string): GreffierError {
  return new GreffierError('bad-duration', message, { hint: 'write P180D for 180 days' });
}

/** Length of a duration in days, counted from a fixed moment at which its months and years are longest. */
export function longestDays(duration: string): number {
  const from = new Date('2027-07-01T00:00:00Z');
  return (addDuration(from, duration).getTime() - from.getTime()) / 86_400_000;
}

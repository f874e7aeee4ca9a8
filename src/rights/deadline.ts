// One month, by the calendar and in UTC, from the day on which the request came; three when it was prolonged (RGPD
// art. 12(3)). The clock runs while the identity is looked into as well: that is the strict reading.

import { addDuration } from '../shared/duration.ts';
import type { Request } from './request.ts';

export const FIRST_MONTH = 'P1M';
/** One month and two further ones. */
const PROLONGED = 'P3M';
const DAY_MS = 86_400_000;
/** Days before the end at which somebody is reminded. */
const REMINDERS = [2, 7, 14];

type Clocked = Pick<Request, 'receivedAt' | 'extension' | 'answer' | 'closed' | 'reminded'>;

/** When the answer has to be sent at the latest. */
export function dueAt({ receivedAt, extension }: Pick<Request, 'receivedAt' | 'extension'>): Date {
  return addDuration(new Date(receivedAt), extension ? PROLONGED : FIRST_MONTH);
}

/** When the clock stopped: answered, or ended in another way; undefined while it runs. */
export function stoppedAt({ answer, closed }: Pick<Request, 'answer' | 'closed'>): Date | undefined {
  const at = answer?.at ?? closed?.at;
  return at === undefined ? undefined : new Date(at);
}

/** Where a request stands at that moment. */
export function statusOf(request: Clocked, now: Date): 'open' | 'overdue' | 'answered' | 'closed' {
  if (request.closed) return 'closed';
  if (request.answer) return 'answered';
  return now.getTime() > dueAt(request).getTime() ? 'overdue' : 'open';
}

/**
 * The reminder to give at that moment: `14`, `7`, `2`, or `overdue-N` on each day after the end; undefined when the
 * last one given still says it all.
 */
export function reminderOf(request: Clocked, now: Date): string | undefined {
  if (stoppedAt(request)) return undefined;
  const left = (dueAt(request).getTime() - now.getTime()) / DAY_MS;
  const days = REMINDERS.find((one) => left <= one);
  const reminder = left < 0 ? `overdue-${Math.ceil(-left)}` : days?.toString();
  return reminder !== undefined && request.reminded.includes(reminder) ? undefined : reminder;
}

export interface Figures {
  open: number;
  overdue: number;
  answered: number;
  /** Of those that were answered, how many before their end. */
  inTime: number;
  /** Days from receipt to answer, over all that were answered; null when none was. */
  meanDays: number | null;
  /** Half of them took no longer. */
  medianDays: number | null;
}

/** How the desk is doing at that moment (C27, and what 002 wants to see). */
export function figuresOf(requests: Request[], now: Date): Figures {
  const states = requests.map((request) => statusOf(request, now));
  const delays = requests.flatMap(({ receivedAt, answer }) =>
    answer ? [(Date.parse(answer.at) - Date.parse(receivedAt)) / DAY_MS] : [],
  );
  const inTime = requests.filter(
    (request) => request.answer && Date.parse(request.answer.at) <= dueAt(request).getTime(),
  );
  const sum = delays.reduce((total, days) => total + days, 0);
  return {
    open: states.filter((state) => state === 'open' || state === 'overdue').length,
    overdue: states.filter((state) => state === 'overdue').length,
    answered: delays.length,
    inTime: inTime.length,
    meanDays: delays.length ? toTenths(sum / delays.length) : null,
    medianDays: medianOf(delays),
  };
}

function medianOf(delays: number[]): number | null {
  const sorted = delays.toSorted((one, other) => one - other);
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? null : toTenths((low + high) / 2);
}

const toTenths = (days: number) => Math.round(days * 10) / 10;

// Today's figures, by the clock of the site: from what the index counts for each quarter of an hour, since every clock
// on earth is off UTC by quarters.

import { wallClock } from '../shared/wall-clock.ts';

const QUARTER_MS = 900_000;
const HOURS = 24;

/** What came in within one quarter of an hour. */
export interface Quarter {
  /** Quarters of an hour since 1970 (UTC). */
  quarter: number;
  calls: number;
  answered: number;
  /** Of those answered, all together. */
  waitingMs: number;
  handlingMs: number;
}

export interface Hour {
  calls: number;
  answered: number;
  /** Means of those answered; null when none was. */
  waitingSeconds: number | null;
  handlingSeconds: number | null;
}

export interface Figures extends Hour {
  /** YYYY-MM-DD by the clock of the site. */
  day: string;
  /** From 0 to 1; null when nobody called. */
  answerRate: number | null;
  /** One for each hour of the day, from midnight on. */
  hours: Hour[];
}

/** The figures of the day that it is now. Quarters of other days are left out. */
export function figuresOf(quarters: Quarter[], now: Date, timezone: string): Figures {
  const { day } = wallClock(now, timezone);
  const today = quarters.flatMap((one) => {
    const at = wallClock(new Date(one.quarter * QUARTER_MS), timezone);
    return at.day === day ? [{ ...one, hour: Math.floor(at.minutes / 60) }] : [];
  });
  const whole = summed(today);
  return {
    day,
    ...whole,
    answerRate: whole.calls ? whole.answered / whole.calls : null,
    hours: Array.from({ length: HOURS }, (_, hour) => summed(today.filter((one) => one.hour === hour))),
  };
}

function summed(quarters: Quarter[]): Hour {
  const sum = (key: keyof Quarter) => quarters.reduce((total, one) => total + one[key], 0);
  const answered = sum('answered');
  const mean = (milliseconds: number) => (answered ? Math.round(milliseconds / answered / 100) / 10 : null);
  return {
    calls: sum('calls'),
    answered,
    waitingSeconds: mean(sum('waitingMs')),
    handlingSeconds: mean(sum('handlingMs')),
  };
}

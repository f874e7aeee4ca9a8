// Today's figures, by the clock of the site: from what the index counts for each quarter of an hour, since every clock
// on earth is off UTC by quarters.

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

/** When the day began that it is now, by the clock of a site. */
export function dayStart(now: Date, timezone: string): Date {
  const { day, minutes } = wallClock(now, timezone);
  const guess = new Date(Math.floor(now.getTime() / 60_000 - minutes) * 60_000);
  // On the days on which the clocks change that is an hour off.
  const there = wallClock(guess, timezone);
  if (there.minutes === 0 && there.day === day) return guess;
  const off = there.day === day ? -there.minutes : 24 * 60 - there.minutes;
  return new Date(guess.getTime() + off * 60_000);
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

/** Day and minutes since midnight that a clock on the wall shows. */
function wallClock(at: Date, timeZone: string): { day: string; minutes: number } {
  // Sweden writes dates as ISO 8601 does.
  const [day = '', time = ''] = formatIn(timeZone).format(at).split(' ');
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return { day, minutes: hours * 60 + minutes };
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making one costs more than all else here. */
function formatIn(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
  });
  formats.set(timeZone, format);
  return format;
}

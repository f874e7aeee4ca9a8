// What a clock on the wall of the site shows, and when its days begin: days change with the clock of the site, not at
// midnight UTC, and twice a year they are an hour shorter or longer.

const DAY_MS = 86_400_000;

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

/** When that day begins by the clock of a site, in UTC; undefined when the calendar has no such day. */
export function startOfDay(day: string, plusDays: number, timezone: string): string | undefined {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== day) return undefined;
  const wanted = midnight + plusDays * DAY_MS;
  const name = new Date(wanted).toISOString().slice(0, 10);
  // Noon in Greenwich is the same day nearly everywhere, and one of its ends everywhere else.
  const moments = [0.5, 0, 1].map((part) => new Date(wanted + part * DAY_MS));
  const within = moments.find((moment) => wallClock(moment, timezone).day === name);
  return within && dayStart(within, timezone).toISOString();
}

/** Day and minutes since midnight that a clock on the wall shows. */
export function wallClock(at: Date, timeZone: string): { day: string; minutes: number } {
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

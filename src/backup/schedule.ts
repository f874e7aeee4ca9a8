// When a daily run is due: once on each day of the site from a given time on, also on nights that have that time twice or
// not at all, and after a night in which the machine was off.

const HOUR_MS = 3_600_000;

/**
 * Whether a run is to begin. A run that failed is tried again after an hour.
 * @param at time of day, as 02:30
 * @param timezone of the site
 */
export function isRunDue(
  now: Date,
  { triedAt, goodAt }: { triedAt: string | null; goodAt: string | null },
  at: string,
  timezone: string,
): boolean {
  const good = goodAt === null ? undefined : new Date(goodAt);
  // What was noted under a clock that was ahead says nothing.
  if (good && good <= now && turnOf(good, at, timezone) === turnOf(now, at, timezone)) return false;
  const since = triedAt === null ? HOUR_MS : Math.abs(now.getTime() - new Date(triedAt).getTime());
  return since >= HOUR_MS;
}

/** The day whose run a moment belongs to: from that time on, its own; before, the day before. */
function turnOf(moment: Date, at: string, timezone: string): string {
  // Swedish dates are those of ISO 8601.
  const [day = '', time = ''] = new Intl.DateTimeFormat('sv-SE', {
    timeZone: timezone,
    dateStyle: 'short',
    timeStyle: 'short',
  })
    .format(moment)
    .split(' ');
  if (time >= at) return day;
  return new Date(Date.parse(`${day}T00:00:00Z`) - 24 * HOUR_MS).toISOString().slice(0, 10);
}

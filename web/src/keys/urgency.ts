/** How pressing a date is, for a key that expires or a drill that is due. */

const DAY_MS = 86_400_000;
const SOON_DAYS = 60;
const PRESSING_DAYS = 7;

/** Class of the tag that says it. */
export type Urgency = 'good' | 'warning' | 'danger';

/** Whole days left; negative once it has passed. */
export function daysUntil(iso: string, now: number): number {
  return Math.floor((Date.parse(iso) - now) / DAY_MS);
}

/** Whole days since. */
export function daysSince(iso: string, now: number): number {
  return Math.max(0, Math.floor((now - Date.parse(iso)) / DAY_MS));
}

/** The same steps as the alarms of the box take. */
export function urgencyOf(days: number): Urgency {
  if (days <= PRESSING_DAYS) return 'danger';
  return days <= SOON_DAYS ? 'warning' : 'good';
}

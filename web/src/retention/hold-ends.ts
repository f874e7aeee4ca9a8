/** Days on which a hold may end. */
import { momentOf } from '../shared/moments.ts';

const DAY_MS = 86_400_000;

/** The last minute of a day, by the clock of the site. */
export const endOfDay = (day: string) => momentOf(`${day}T23:59`) ?? '';

/** The last day that may be chosen: a year away, less the rest of that day. */
export const nextYear = (now = Date.now()) => new Date(now + 364 * DAY_MS).toISOString().slice(0, 10);

/** How long the disk lasts at the present rate, in the unit that a person would say it in. */
import type { Disk } from '../shared/api-types.ts';
import type { Words } from '../shared/words-fr.ts';

export type Forecast = { unit: 'none' | 'full' | 'long' } | { unit: 'days' | 'months'; count: number };

const DAYS_PER_MONTH = 30.4;
const MONTHS_AS_DAYS = 3;
const MONTHS_OF_A_YEAR = 12;
/** Under it, somebody has to order a disk. */
const SOON_DAYS = 30;
const PRESSING_DAYS = 7;

/** Rounded down: a forecast that is wrong should be wrong on the careful side. */
export function forecastOf({
  daysLeft,
  freeBytes,
  bytesPerDay,
}: Pick<Disk, 'daysLeft' | 'freeBytes' | 'bytesPerDay'>): Forecast {
  if (freeBytes <= 0) return { unit: 'full' };
  // The box looks a year ahead, no further.
  if (daysLeft === null) return { unit: bytesPerDay > 0 ? 'long' : 'none' };
  const months = Math.floor(daysLeft / DAYS_PER_MONTH);
  if (months < MONTHS_AS_DAYS) return { unit: 'days', count: Math.max(0, Math.floor(daysLeft)) };
  return months < MONTHS_OF_A_YEAR ? { unit: 'months', count: months } : { unit: 'long' };
}

/** The forecast as a sentence of one of the dictionaries. */
export function sentenceOf(
  forecast: Forecast,
  t: Words['health']['diskForecast'],
  written: (count: number) => string,
): string {
  return 'count' in forecast ? t[forecast.unit](written(forecast.count), forecast.count) : t[forecast.unit];
}

export function urgencyOfDisk(disk: Pick<Disk, 'daysLeft' | 'freeBytes'>): 'good' | 'doubtful' | 'bad' {
  const days = disk.freeBytes <= 0 ? 0 : (disk.daysLeft ?? Number.POSITIVE_INFINITY);
  if (days < PRESSING_DAYS) return 'bad';
  return days < SOON_DAYS ? 'doubtful' : 'good';
}

// One month of listening in figures: per person, per reason, per extension listened to (C30). Figures only; no recording and
// no word that somebody wrote.

import { isListen, type LogEntry } from './listens.ts';

export interface Report {
  format: 'greffier-transparency-1';
  site: string;
  /** YYYY-MM by the clock of the site. */
  month: string;
  listens: number;
  handedOut: number;
  refused: number;
  destroyed: Record<string, number>;
  byPerson: Record<string, number>;
  byReason: Record<string, number>;
  byExtension: Record<string, number>;
}

/** The month of a moment (YYYY-MM) by the clock of a site. */
export function monthAt(moment: Date, timezone: string): string {
  return monthsAt(timezone).format(moment);
}

/** Making one takes longer than all that is done with it: once for a log, not once for each of its lines. */
function monthsAt(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit' });
}

/** The month before another. */
export function monthBefore(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return number === 1 ? `${year - 1}-12` : `${year}-${String(number - 1).padStart(2, '0')}`;
}

/** The report of one month. */
export function reportOf(entries: LogEntry[], month: string, site: string, timezone: string): Report {
  const months = monthsAt(timezone);
  const ofMonth = entries.filter(({ at }) => months.format(new Date(at)) === month);
  const listened = ofMonth.filter(isListen);
  return {
    format: 'greffier-transparency-1',
    site,
    month,
    listens: listened.filter(({ action }) => /play$|^supervision-begin$/.test(action)).length,
    handedOut: listened.filter(({ action }) => action.startsWith('export')).length,
    refused: ofMonth.filter(({ action }) => action === 'refused').length,
    destroyed: counted(
      ofMonth.filter(({ action, code }) => action === 'purge' && code !== 'again'),
      ({ reason }) => [reason ?? ''],
    ),
    byPerson: counted(listened, ({ actor }) => [actor]),
    byReason: counted(listened, ({ code }) => [code || 'none']),
    byExtension: counted(listened, ({ extensions = '' }) => extensions.split(' ').filter(Boolean)),
  };
}

function counted(entries: LogEntry[], keys: (entry: LogEntry) => string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const key of entries.flatMap(keys)) counts[key] = (counts[key] ?? 0) + 1;
  return Object.fromEntries(Object.entries(counts).sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)));
}

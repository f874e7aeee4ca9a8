/** Between what a field for day and time holds, by the clock of the site, and a moment in UTC. */
import { timezone } from './format.ts';

const MINUTE = 60_000;

/** What a field shows for a moment: YYYY-MM-DDTHH:MM. */
export function localOf(at: number): string {
  const form = new Intl.DateTimeFormat('sv-SE', {
    timeZone: timezone.value,
    dateStyle: 'short',
    timeStyle: 'short',
  });
  return form.format(at).replace(' ', 'T');
}

/** The moment that a field means; undefined when it is empty. */
export function momentOf(local: string): string | undefined {
  const wanted = Date.parse(`${local}Z`);
  if (Number.isNaN(wanted)) return undefined;
  const off = (at: number) => Date.parse(`${localOf(at)}Z`) - Math.floor(at / MINUTE) * MINUTE;
  const guess = wanted - off(wanted);
  return new Date(wanted - off(guess)).toISOString();
}

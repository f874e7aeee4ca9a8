/** Dates in the site's timezone, durations, sizes and numbers, as the reader's language writes them. */
import { computed, signal } from '@preact/signals';
import { language, words } from './i18n.ts';

export const timezone = signal('Europe/Paris');

const locale = computed(() => (language.value === 'fr' ? 'fr-FR' : 'en-GB'));

function dateFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(locale.value, { timeZone: timezone.value, ...options });
}

const formats = computed(() => ({
  day: dateFormat({ day: 'numeric', month: 'short', year: 'numeric' }),
  time: dateFormat({ hour: '2-digit', minute: '2-digit' }),
  timeToTheSecond: dateFormat({ timeStyle: 'medium' }),
  exact: dateFormat({ dateStyle: 'full', timeStyle: 'medium' }),
  key: dateFormat({ year: 'numeric', month: '2-digit', day: '2-digit' }),
  // A day of the calendar is the same day everywhere.
  calendarDay: dateFormat({ day: 'numeric', month: 'short', timeZone: 'UTC' }),
  calendarMonth: dateFormat({ month: 'short', year: 'numeric', timeZone: 'UTC' }),
  weekday: dateFormat({ weekday: 'long', timeZone: 'UTC' }),
  share: new Intl.NumberFormat(locale.value, { style: 'percent', maximumFractionDigits: 0 }),
  number: new Intl.NumberFormat(locale.value),
  relative: new Intl.RelativeTimeFormat(locale.value, { numeric: 'auto' }),
}));

export const day = (iso: string) => formats.value.day.format(new Date(iso));
export const calendarDay = (ymd: string) => formats.value.calendarDay.format(new Date(ymd));
/** YYYY-MM. */
export const calendarMonth = (ym: string) => formats.value.calendarMonth.format(new Date(ym));
/** Monday is 1; the first of January 2024 was one. */
export const weekday = (number: number) => formats.value.weekday.format(new Date(Date.UTC(2024, 0, number)));
/** A share from 0 to 1 in percent. */
export const percent = (share: number) => formats.value.share.format(share);
export const time = (iso: string) => formats.value.time.format(new Date(iso));
export const timeToTheSecond = (iso: string) => formats.value.timeToTheSecond.format(new Date(iso));
export const exactMoment = (iso: string) => formats.value.exact.format(new Date(iso));
export const count = (value: number) => formats.value.number.format(value);

/** "today", "yesterday" or the date, as the site's calendar has it. */
export function nearDay(iso: string, now = Date.now()): string {
  const key = (at: number) => formats.value.key.format(at);
  const at = Date.parse(iso);
  if (key(at) === key(now)) return words.value.common.today;
  if (key(at) === key(now - 86_400_000)) return words.value.common.yesterday;
  return day(iso);
}

/** How far away a day is: "in 12 days". */
export function daysFromNow(iso: string, now = Date.now()): string {
  return formats.value.relative.format(Math.round((Date.parse(iso) - now) / 86_400_000), 'day');
}

/** 0:07, 3:12, 1:02:09. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const tail = `${String(s).padStart(2, '0')}`;
  return h > 0 ? `${h}:${String(m).padStart(2, '0')}:${tail}` : `${m}:${tail}`;
}

function unit(value: number, name: string): string {
  return new Intl.NumberFormat(locale.value, { style: 'unit', unit: name, unitDisplay: 'long' }).format(
    value,
  );
}

/** The same for a screen reader: "3 minutes 12 seconds". */
export function spokenDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const parts = [
    h > 0 && unit(h, 'hour'),
    m > 0 && unit(m, 'minute'),
    (s > 0 || whole === 0) && unit(s, 'second'),
  ];
  return parts.filter(Boolean).join(' ');
}

/** 1,4 Mo in French, 1.4 MB in English. */
export function size(bytes: number): string {
  const names = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];
  const step = bytes < 1000 ? 0 : Math.min(names.length - 1, Math.floor(Math.log10(bytes) / 3));
  const options = { style: 'unit', unit: names[step] ?? 'byte', unitDisplay: 'short' } as const;
  return new Intl.NumberFormat(locale.value, { ...options, maximumFractionDigits: 1 }).format(
    bytes / 1000 ** step,
  );
}

/** French numbers in pairs, others as they came. */
export function phoneNumber(number: string): string {
  const french = /^(?:\+33|0)([1-9])(\d{8})$/.exec(number);
  if (!french) return number;
  const pairs = french[2]?.match(/\d\d/g)?.join(' ') ?? '';
  return `${number.startsWith('+') ? '+33 ' : '0'}${french[1]} ${pairs}`.replaceAll(' ', ' ');
}

/** A fingerprint in groups of four, as OpenPGP tools print it. */
export function fingerprint(hex: string): string {
  return (
    hex
      .toUpperCase()
      .match(/.{1,4}/g)
      ?.join(' ') ?? hex
  );
}

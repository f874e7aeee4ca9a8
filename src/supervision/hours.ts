// Hours of the week, as people write them and as Asterisk's GotoIfTime takes them: to the minute, both ends included.

export interface Window {
  /** As in `mon` or `mon-fri`; `fri-mon` goes over the week's end. */
  days: string;
  /** HH:MM by the clock of the site. */
  from: string;
  to: string;
}

export interface Moment {
  /** 0 is Monday. */
  day: number;
  /** HH:MM. */
  time: string;
}

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** The day of the week and the time of a moment by the clock of a site. */
export function minutesAt(now: Date, timeZone: string): Moment {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(now);
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  return { day: DAYS.indexOf(of('weekday').toLowerCase()), time: `${of('hour')}:${of('minute')}` };
}

/** True when the moment lies in one of the windows; without any, always. */
export function within(windows: Window[] | undefined, { day, time }: Moment): boolean {
  if (!windows?.length) return true;
  return windows.some(({ days, from, to }) => {
    const [first = '', last = first] = days.split('-');
    const [a, b] = [DAYS.indexOf(first), DAYS.indexOf(last)];
    const onDay = a <= b ? day >= a && day <= b : day >= a || day <= b;
    return onDay && time >= from && time <= to;
  });
}

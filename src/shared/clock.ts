// Whoever needs the time is handed a clock, so that tests can move it (C21–C23); nothing else is ever faked.

/** Returns the present moment. */
export type Clock = () => Date;

export const systemClock: Clock = () => new Date();

/** The day (YYYY-MM-DD) of a moment by the clock of a site. */
export function dayAt(moment: Date, timeZone: string): string {
  // Sweden writes dates as ISO 8601 does.
  return new Intl.DateTimeFormat('sv-SE', { timeZone }).format(moment);
}

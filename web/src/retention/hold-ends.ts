/** Days on which a hold may end. */
const DAY_MS = 86_400_000;

/** The last moment of a day, UTC: as the command line has it. */
export const endOfDay = (day: string) => `${day}T23:59:59.999Z`;

/** The last day that may be chosen: a year away, less the rest of that day. */
export const nextYear = (now = Date.now()) => new Date(now + 364 * DAY_MS).toISOString().slice(0, 10);

// Whoever needs the time is handed a clock, so that tests can move it (C21–C23); nothing else is ever faked.

/** Returns the present moment. */
export type Clock = () => Date;

export const systemClock: Clock = () => new Date();

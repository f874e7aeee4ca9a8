/** How long the rest of a replacement will take, from how fast it went since it was taken up. */

const LEAST_MS = 1_500;

export interface Pace {
  total: number;
  done: number;
  /** How many were done when it was taken up, and how long ago that is. */
  doneBefore: number;
  elapsedMs: number;
}

/** In seconds, or `null` while it is too early to tell. */
export function secondsLeft({ total, done, doneBefore, elapsedMs }: Pace): number | null {
  if (done <= doneBefore || elapsedMs < LEAST_MS) return null;
  return ((total - done) * elapsedMs) / (done - doneBefore) / 1000;
}

/** As exact as a forecast may pretend to be: to five seconds, from two minutes on to the minute. */
export function roughly(seconds: number): number {
  const step = seconds < 120 ? 5 : 60;
  return Math.max(step, Math.ceil(seconds / step) * step);
}

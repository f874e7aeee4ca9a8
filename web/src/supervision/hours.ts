/** Which hours of the day are drawn. */
import type { BoardHour } from '../shared/board-types.ts';

/** An office day, and whatever came before it or after it. */
const [FIRST, LAST] = [8, 19];

export interface DrawnHour extends BoardHour {
  hour: number;
}

/** The hours of an office day, and those around it in which somebody called. */
export function hoursDrawn(hours: BoardHour[]): DrawnHour[] {
  const all = hours.map((one, hour) => ({ ...one, hour }));
  const busy = all.filter(({ calls }) => calls > 0).map(({ hour }) => hour);
  const [from, to] = [Math.min(FIRST, ...busy), Math.max(LAST, ...busy)];
  return all.filter(({ hour }) => hour >= from && hour <= to);
}

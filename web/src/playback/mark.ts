/** Where the recording was paused, in the time of its audio. */
import type { Manifest } from '../shared/api-types.ts';
import type { Stretch } from './activity.ts';

export interface Mark extends Stretch {
  reason: string;
}

/** The pauses as stretches of the audio, whose time is the time of the clock. */
export function marksOf({ arrivedAt, answeredAt, segments, pauses }: Manifest, seconds: number): Mark[] {
  const moments = [arrivedAt, answeredAt, segments[0]?.startedAt].flatMap((moment) =>
    moment ? Date.parse(moment) : [],
  );
  const start = Math.max(...moments);
  const at = (moment: string | null) =>
    moment === null ? seconds : Math.min(seconds, Math.max(0, (Date.parse(moment) - start) / 1_000));
  return pauses
    .map(({ startedAt, endedAt, reason }) => ({ from: at(startedAt), to: at(endedAt), reason }))
    .filter(({ from, to }) => to > from);
}

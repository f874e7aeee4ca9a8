/** Who speaks when, from how loud each party is: shares of the time, and silences that may be skipped. Never what is said. */

export interface Stretch {
  /** Seconds from the beginning; the second left out. */
  from: number;
  to: number;
}

export interface Activity {
  /** Shares of the whole, from 0 to 1; where both speak each of them does. */
  outside: number;
  inside: number;
  neither: number;
  /** Where nobody speaks for two seconds or more. */
  silences: Stretch[];
}

/** Below the one it is the noise of a line, above the other it is somebody, however loud the rest is. */
const [QUIETEST, LOUDEST] = [0.01, 0.05];
/** How far speech stands above what is there all the time. */
const ABOVE_NOISE = 3;
/** Between two words, and after the last one. */
const BREATH_S = 0.4;
const SILENCE_S = 2;

/** @param seconds of the whole recording, of which each lane has slices of one length */
export function activityOf(outside: Float32Array, inside: Float32Array, seconds: number): Activity {
  const slice = seconds / Math.max(1, outside.length);
  const lanes = [outside, inside].map((lane) => speaks(lane, Math.round(BREATH_S / slice)));
  const counts = { outside: 0, inside: 0, neither: 0 };
  const silences: Stretch[] = [];
  let silentFrom: number | undefined;
  const end = (at: number) => {
    if (silentFrom !== undefined && (at - silentFrom) * slice >= SILENCE_S)
      silences.push({ from: silentFrom * slice, to: at * slice });
    silentFrom = undefined;
  };
  for (let at = 0; at < outside.length; at++) {
    const [one, other] = [lanes[0]?.[at], lanes[1]?.[at]];
    if (one) counts.outside += 1;
    if (other) counts.inside += 1;
    if (one || other) end(at);
    else {
      counts.neither += 1;
      silentFrom ??= at;
    }
  }
  end(outside.length);
  const share = (count: number) => (outside.length ? count / outside.length : 0);
  return {
    outside: share(counts.outside),
    inside: share(counts.inside),
    neither: share(counts.neither),
    silences,
  };
}

/** For each slice whether somebody speaks; a breath belongs to what came before it. */
function speaks(lane: Float32Array, breath: number): Uint8Array {
  const noise = lane.toSorted()[Math.floor(lane.length / 5)] ?? 0;
  const floor = Math.min(LOUDEST, Math.max(QUIETEST, noise * ABOVE_NOISE));
  const found = new Uint8Array(lane.length);
  let last = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < lane.length; at++) {
    if ((lane[at] ?? 0) > floor) last = at;
    if (at - last <= breath) found[at] = 1;
  }
  return found;
}

/** Where to go on from there when silences are skipped: a moment before somebody speaks; undefined within speech. */
export function beyondSilence(silences: Stretch[], at: number): number | undefined {
  const [after, before] = [0.5, 0.3];
  const found = silences.find(({ from, to }) => at >= from + after && at < to - before);
  return found && found.to - before;
}

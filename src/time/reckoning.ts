// What time it is, as far as destruction goes. The wall clock can be set by a person, a dead battery or a network; the
// clock that counts since the start of the machine cannot. Destruction never comes early because the wall clock jumped
// ahead, and never stops because it was set back (C23). ADR 0017 says why each number is what it is.

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** A wall clock this little behind what it should show is right: a time server sets it by seconds. */
const TOLERANCE_MS = 5 * MINUTE_MS;
/** A wall clock this far ahead is believed when two people say so, and not before. */
const LONGEST_JUMP_MS = DAY_MS;
/** How fast the two clocks may part for good: twice what a time server slews by (500 ppm). */
const SLEW = 1 / 1_000;

/** What is remembered from one look to the next, on disk. */
export interface Remembered {
  /** The latest time that counted (ms). */
  mark: number;
  /** Which start of the machine it was. */
  boot: string;
  /** The least that the wall clock should show (ms), and the time since the start that this was reckoned at. */
  anchor: { wall: number; up: number };
  /** Since when the wall clock is not believed (ms); null when it is. */
  suspendedSince: number | null;
  /** Since when the wall clock is behind (ms); null when it is not. */
  backSince: number | null;
  /** The memory was lost: what it should show is what else was on record, which may be old. */
  lost: boolean;
}

/** What the clocks of the machine show. */
export interface Shown {
  wall: number;
  /** Since the machine was started, the time that it slept through too (ms). */
  up: number;
  boot: string;
}

export interface Reckoned {
  /** The time that counts (ms). */
  at: number;
  /** The least that the wall clock should show (ms). */
  expected: number;
  remembered: Remembered;
}

/**
 * Reckons the time that counts.
 * @param lastKnown the latest time that anything else on the box tells of (ms), for when the memory is lost; 0 when
 * nothing does, on a new box
 */
export function reckon(before: Remembered | undefined, shown: Shown, lastKnown = 0): Reckoned {
  const base = baseOf(before, shown, lastKnown);
  const elapsed = Math.max(0, shown.up - base.anchor.up);
  const expected = base.anchor.wall + elapsed;
  const ahead = shown.wall - expected;
  const slew = elapsed * SLEW;
  const behind = ahead < -TOLERANCE_MS - slew;
  // Behind a record that may itself be of a wrong time, neither of the two is believed.
  const doubted = ahead > LONGEST_JUMP_MS || (behind && base.lost);
  const believed = !doubted && !behind;
  const at = believed ? shown.wall : doubted ? Math.min(shown.wall, expected) : expected;
  const followed = believed ? Math.max(-slew, Math.min(slew, ahead)) : 0;
  const remembered = {
    mark: believed ? shown.wall : expected,
    boot: shown.boot,
    anchor: { wall: expected + followed, up: base.anchor.up + elapsed },
    suspendedSince: doubted ? (base.suspendedSince ?? at) : null,
    backSince: behind && !doubted ? (base.backSince ?? at) : null,
    lost: base.lost && doubted,
  };
  return { at, expected, remembered };
}

/**
 * After a start of the machine nobody can tell how long it was off: it is at least as late as it was. What the wall clock
 * shows beyond that was a night, a long holiday, or a dead battery. How long it runs since is not added: in a container
 * the clock counts from the start of its host, which may be months ago.
 */
function baseOf(before: Remembered | undefined, { wall, up, boot }: Shown, lastKnown: number): Remembered {
  if (before?.boot === boot) return before;
  if (before) return { ...before, anchor: { wall: before.mark, up } };
  const found = { boot, suspendedSince: null, backSince: null };
  if (lastKnown === 0) return { ...found, mark: wall, anchor: { wall, up }, lost: false };
  // It may be of this start or of an earlier one: what has passed since is not known.
  return { ...found, mark: lastKnown, anchor: { wall: lastKnown, up }, lost: true };
}

/** Takes the wall clock for right, because two people have said so. */
export function believe({ wall, up, boot }: Shown): Remembered {
  return { mark: wall, boot, anchor: { wall, up }, suspendedSince: null, backSince: null, lost: false };
}

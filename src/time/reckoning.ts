// What time it is, as far as destruction goes. The wall clock can be set by a person, a dead battery or a network; the
// clock that counts since the start of the machine cannot. Destruction never comes early because the wall clock jumped
// ahead, and never stops because it was set back (C23).

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** A wall clock this near to what it should show is right: a time server sets it by seconds. */
const TOLERANCE_MS = 5 * MINUTE_MS;
/** A wall clock this far ahead is believed when two people say so, and not before. */
const LONGEST_JUMP_MS = DAY_MS;

/** What is remembered from one look to the next, on disk. */
export interface Remembered {
  /** The latest time that counted (ms). */
  mark: number;
  /** Which start of the machine it was. */
  boot: string;
  /** A moment of that start at which both clocks were believed (ms). */
  anchor: { wall: number; up: number };
  /** Since when the wall clock is not believed (ms); null when it is. */
  suspendedSince: number | null;
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
  /** How far the wall clock is ahead of what it should show (ms); below zero, behind. */
  ahead: number;
  remembered: Remembered;
}

/**
 * Reckons the time that counts.
 * @param lastKnown the latest time that anything else on the box tells of (ms), for when the memory is lost; 0 when
 * nothing does, on a new box
 */
export function reckon(before: Remembered | undefined, shown: Shown, lastKnown = 0): Reckoned {
  const anchored = before?.boot === shown.boot ? before : anchorAnew(before?.mark ?? lastKnown, shown);
  const expected = anchored.anchor.wall + (shown.up - anchored.anchor.up);
  const ahead = shown.wall - expected;
  const jumped = ahead > LONGEST_JUMP_MS;
  const at = jumped || ahead < -TOLERANCE_MS ? expected : shown.wall;
  const suspendedSince = jumped ? (anchored.suspendedSince ?? at) : null;
  return { at, ahead, remembered: { ...anchored, mark: Math.max(at, anchored.mark), suspendedSince } };
}

/**
 * After a start of the machine nobody can tell how long it was off: the wall clock counts, unless it shows less than
 * there was already, or so much more that a dead battery is as likely as a long holiday.
 */
function anchorAnew(mark: number, { wall, up, boot }: Shown): Remembered {
  const least = mark === 0 ? wall : mark + up;
  const believed = mark === 0 || (wall >= mark && wall - mark <= LONGEST_JUMP_MS);
  return { mark, boot, anchor: { wall: believed ? wall : least, up }, suspendedSince: null };
}

/** Takes the wall clock for right, because two people have said so. */
export function believe(before: Remembered, { wall, up, boot }: Shown): Remembered {
  return { ...before, mark: wall, boot, anchor: { wall, up }, suspendedSince: null };
}

/** Whether the wall clock was set back by more than a time server does. */
export function isBack({ ahead }: Pick<Reckoned, 'ahead'>): boolean {
  return ahead < -TOLERANCE_MS;
}

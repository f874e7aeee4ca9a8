// Did all of a recording reach the spool? Asterisk says nothing when it cannot write, so the clock is asked: what was
// captured must be about as long as the stretches during which it was captured (failures.md: the disk fills).

import type { Manifest } from '../sealing/manifest.ts';
import { segmentsOf } from '../spool/segments.ts';
import type { Sheet } from '../spool/sheet.ts';

/** Less than this may be missing at the edges, or where neither party sent a packet for a moment. */
const TOLERANCE_MS = 3_000;
const TOLERANCE_SHARE = 0.05;
/** The word by which the daemon has a capture ended while the spool is about to be full. */
export const NO_SPACE = 'no-space';

/** The state for the manifest, and how much is missing (ms). */
export function howItEnded(
  sheet: Sheet,
  milliseconds: number,
  interrupted: boolean,
): { state: Manifest['state']; missingMs: number } {
  const segments = segmentsOf(sheet);
  const [first] = segments;
  const end = segments.at(-1)?.endedAt ?? sheet.lines.at(-1)?.at;
  // Gaps are in the audio too, as silence: its length is that of the whole from the first start to the last stop.
  const spokenMs = first && end ? end.getTime() - first.startedAt.getTime() : 0;
  const missingMs = Math.max(0, spokenMs - milliseconds);
  if (interrupted) return { state: 'interrupted', missingMs };
  const stopped = segments.some(({ reason }) => reason === NO_SPACE);
  const short = missingMs > Math.max(TOLERANCE_MS, spokenMs * TOLERANCE_SHARE);
  return { state: stopped || short ? 'truncated' : 'sealed', missingMs };
}

// The draws of a month, drawn again (C11): who is given the seed can tell for each call whether it was chosen by chance.

import type { CallRecord } from './record.ts';

/** How draws are made; the same functions that compiled the rules. */
export interface Drawing {
  drawOf(seed: string, call: string): string;
  thresholdOf(share: number): string;
  isChosen(draw: string, threshold: string): boolean;
}

export interface Mismatch {
  id: string;
  arrived: string;
  /** What of the draw does not match: value, threshold or chosen. */
  what: string;
  stored: string;
  again: string;
}

/**
 * Draws a call again. A call that came just after the month's turn may still have been drawn by the seed of the month
 * before: it was under the rules that were in force. Returns what does not match.
 * @param seeds of the call's month and of the month before, as far as there are any
 */
export function drawAgain(record: CallRecord, seeds: string[], drawing: Drawing): Mismatch[] {
  const { id, arrivedAt: arrived, draw } = record;
  if (!draw) return [];
  const values = seeds.map((seed) => drawing.drawOf(seed, id));
  const threshold = drawing.thresholdOf(draw.share);
  const chosen = drawing.isChosen(draw.value, draw.threshold);
  const checks: [what: string, stored: string, again: string, good: boolean][] = [
    ['value', draw.value, values[0] ?? 'no seed', values.includes(draw.value)],
    ['threshold', draw.threshold, threshold, draw.threshold === threshold],
    ['chosen', yesOrNo(draw.chosen), yesOrNo(chosen), draw.chosen === chosen],
  ];
  return checks.flatMap(([what, stored, again, good]) =>
    good ? [] : [{ id, arrived, what, stored, again }],
  );
}

function yesOrNo(value: boolean): string {
  return value ? 'yes' : 'no';
}

// Why a call left no recording, in one word of the field: each call is explained (promise 6).

import { lineOf, type Sheet } from '../spool/sheet.ts';
import { mayKeep } from './verdict.ts';

/**
 * The reason, for a call that left none. What the dialplan says comes first (policy-never, not-drawn, refused, …), then
 * what the sheet shows: destroyed; hung-up-before the question was answered; never-started, since nobody pressed the
 * key; unanswered; a capture that may not be kept; and no-audio, when none of these explains it.
 */
export function whyNotRecorded(sheet: Sheet): string {
  if (lineOf(sheet, 'recording.destroyed')) return 'destroyed';
  const said = lineOf(sheet, 'recording.none')?.values.reason;
  if (said) return said;
  if (!lineOf(sheet, 'consent')) return 'hung-up-before';
  if (!wasAnswered(sheet)) return 'unanswered';
  if (!lineOf(sheet, 'recording.start')) {
    return lineOf(sheet, 'recording.armed') ? 'never-started' : 'no-audio';
  }
  const verdict = mayKeep(sheet);
  if (!verdict.keep) return verdict.reason;
  return lineOf(sheet, 'recording.cut')?.values.reason || 'no-audio';
}

/** True when the two parties were connected. */
export function wasAnswered(sheet: Sheet): boolean {
  return sheet.lines.some(({ event }) => event === 'answer' || event === 'joined');
}

/** Shorter than this, two parties may have been connected without a packet of audio between them. */
const HEARD_MS = 1_000;

/** True when a capture ran for a second or more while the parties were connected: then there should be audio. */
export function audioWasExpected(sheet: Sheet): boolean {
  if (!mayKeep(sheet).keep) return false;
  const answered = sheet.lines.find(({ event }) => event === 'answer' || event === 'joined')?.at.getTime();
  if (answered === undefined || lineOf(sheet, 'recording.cut')) return false;
  return sheet.lines.some(({ event, at }, index) => {
    if (event !== 'recording.start') return false;
    const stop = sheet.lines.slice(index).find((line) => /^(recording\.stop|call\.end)$/.test(line.event));
    const end = (stop ?? sheet.lines.at(-1))?.at.getTime() ?? 0;
    return end - Math.max(at.getTime(), answered) >= HEARD_MS;
  });
}

// May what was captured be kept? The dialplan decides before the capture; this asks once more, from the sheet alone,
// before anything is sealed. Whatever cannot be shown to be lawful is destroyed (C01, C02; fail closed).

import { lineOf, type Sheet } from '../spool/sheet.ts';

export type Verdict = { keep: true; consent: 'not-refused' } | { keep: false; reason: string };

/**
 * Reads from a call's sheet whether its capture may be kept: the announcement began, was heard to its end, was then
 * not refused, and only then the capture began.
 */
export function mayKeep(sheet: Sheet): Verdict {
  const at = (event: string) => sheet.lines.findIndex((line) => line.event === event);
  const [told, heard, started] = [at('announcement.start'), at('announcement.end'), at('recording.start')];
  const asked = sheet.lines.findLastIndex((line) => line.event === 'consent');
  if (started < 0) return { keep: false, reason: 'recording-not-started' };
  if (told < 0 || heard < told || heard > started) return { keep: false, reason: 'announcement-not-heard' };
  const choices = sheet.lines.filter((line) => line.event === 'consent').map((line) => line.values.choice);
  if (choices.includes('refused')) return { keep: false, reason: 'refused' };
  if (choices.at(-1) !== 'not-refused') return { keep: false, reason: 'consent-unknown' };
  if (asked < heard || asked > started) return { keep: false, reason: 'consent-unknown' };
  return { keep: true, consent: 'not-refused' };
}

/** Why a call was not recorded, in one word of the field; for calls that were, undefined. */
export function whyNotRecorded(sheet: Sheet): string | undefined {
  const said = lineOf(sheet, 'recording.none')?.values.reason;
  if (said) return said;
  if (!lineOf(sheet, 'recording.start')) return 'hung-up-before';
  return lineOf(sheet, 'answer') ? undefined : 'unanswered';
}

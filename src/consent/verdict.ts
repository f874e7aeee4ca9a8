// May what was captured be kept? The dialplan decides before the capture; this asks once more, from the sheet alone,
// before anything is sealed. Whatever cannot be shown to be lawful is destroyed (C01, C02, C05; fail closed).

import type { Sheet } from '../spool/sheet.ts';

/** Silence after the notice, key 1, or a written obligation that leaves nothing to ask (C11). */
export const CONSENTS = ['not-refused', 'given', 'legal-obligation'] as const;
export type Consent = (typeof CONSENTS)[number];

export type Verdict = { keep: true; consent: Consent } | { keep: false; reason: string };

/**
 * Reads from a call's sheet whether its capture may be kept: before each start of it every announcement that was begun
 * had been heard to its end, and the consent came after that. A refusal, whenever it came, takes all of it (C02); so
 * does an objection during the call (C04). A notice that is told anew, to another party, has to be answered anew.
 */
export function mayKeep(sheet: Sheet): Verdict {
  const told = { playing: false, heard: false, choice: undefined as string | undefined };
  let consent: Consent | undefined;
  if (sheet.lines.some(({ event }) => event === 'recording.destroyed')) return no('destroyed');
  if (sheet.lines.some(isRefusal)) return no('refused');
  for (const { event, values } of sheet.lines) {
    if (event === 'announcement.start') Object.assign(told, { playing: true, choice: undefined });
    if (event === 'announcement.end' && told.playing) Object.assign(told, { playing: false, heard: true });
    if (event === 'consent') told.choice = told.playing ? undefined : (values.choice ?? '');
    if (event !== 'recording.start') continue;
    if (!told.heard || told.playing) return no('announcement-not-heard');
    consent = CONSENTS.find((one) => one === told.choice);
    if (!consent) return no('consent-unknown');
  }
  return consent ? { keep: true, consent } : no('recording-not-started');
}

function isRefusal({ event, values }: Sheet['lines'][number]): boolean {
  return event === 'consent' && values.choice === 'refused';
}

function no(reason: string): Verdict {
  return { keep: false, reason };
}

// Policies compiled into keys of Asterisk's own database, so that a call needs no daemon. Each compilation is a
// generation of its own; one write makes it valid, so a call sees the old rules or the new, never a mixture (ADR 0004).

import type { Settings } from './schema.ts';

/** Path and value of each entry of one generation. */
export type CompiledPolicies = [path: string, value: string][];

export interface MeasuredAnnouncements {
  [id: string]: { sha256: string; milliseconds: number } | undefined;
}

/**
 * Compiles the settings.
 * @param announcements those whose audio is in order; a line whose announcement is missing here will not be recorded
 * @param recordUntil until when recordings can be sealed; null when they cannot, and then nothing is captured
 */
export function compilePolicies(
  settings: Settings,
  announcements: MeasuredAnnouncements,
  recordUntil: Date | null,
): CompiledPolicies {
  const entries: CompiledPolicies = [];
  if (recordUntil) entries.push(['recording/until', String(Math.floor(recordUntil.getTime() / 1000))]);
  for (const [id, measured] of Object.entries(announcements)) {
    if (!measured) continue;
    entries.push([`announcement/${id}/milliseconds`, String(measured.milliseconds)]);
    entries.push([`announcement/${id}/sha256`, measured.sha256]);
  }
  for (const line of settings.lines) {
    const at = `line/${line.did.slice(1)}`;
    entries.push([`${at}/dial`, line.extensions.map((extension) => `PJSIP/${extension}`).join('&')]);
    entries.push([`${at}/consent`, line.consent]);
    entries.push([`${at}/announcement`, line.announcement]);
  }
  return entries;
}

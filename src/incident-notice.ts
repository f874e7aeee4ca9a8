// The notice of an incident with what is known now, and what the audit log tells of the time in which it happened.

import type { Appliance } from './appliance.ts';
import type { AuditEntry } from './audit/journal.ts';
import { createTally } from './incident/affected.ts';
import type { Incident, IncidentFigures, Scope } from './incident/incident.ts';
import { type NoticeFacts, noticeEn, noticeFr } from './incident/notice.ts';
import { affected, clientOfLine } from './incident-affected.ts';
import { insistFilled } from './rights-search.ts';

/** Listening and taking copies: what loses control of a recording. */
const ACCESS = /^(play|listen|export|extract|rights-export|rotation-headers|reencrypt)/;

/** The draft of the notice, with what is known now. Throws `catalogue-stale`. */
export async function noticeOf(
  appliance: Appliance,
  incident: Incident,
  language: 'fr' | 'en',
): Promise<string> {
  insistFilled(appliance.catalogue);
  const tally = createTally(clientOfLine(appliance.settings.data.lines));
  const ids = new Set<string>();
  for await (const row of affected(appliance, incident.scope)) {
    tally.add(row);
    ids.add(row.id);
  }
  const log = await logIn(appliance, inTime(incident.scope));
  const accesses = log.filter((one) => isAccess(one, ids));
  const facts = factsOf(appliance, incident, tally.figures(), accesses);
  return language === 'fr' ? noticeFr(facts) : noticeEn(facts);
}

/** What the notice says, from what was counted. */
export function factsOf(
  { config, settings, signer }: Appliance,
  incident: Incident,
  figures: IncidentFigures,
  accesses: AuditEntry[],
): NoticeFacts {
  return {
    incident,
    figures,
    site: config.site.name,
    clients: settings.data.clients.filter(({ id }) => id in figures.clients),
    accesses: accesses.length,
    people: new Set(accesses.map(({ actor }) => actor)).size,
    signingKey: signer.fingerprint,
  };
}

/** What the audit log tells of that time. */
export async function logIn(
  { audit }: Appliance,
  within: (one: AuditEntry) => boolean,
): Promise<AuditEntry[]> {
  const log: AuditEntry[] = [];
  for await (const entry of audit.walk()) if (within(entry)) log.push(entry);
  return log;
}

/** True for listening and copies, of those recordings or of none in particular. */
export const isAccess = ({ action, recording }: AuditEntry, ids: Set<string>): boolean =>
  ACCESS.test(action) && (!recording || ids.has(recording));

/** Whether something happened in the time of an incident. */
export function inTime({ since, until }: Scope): (one: { at: string }) => boolean {
  return ({ at }) => (since === null || at >= since) && (until === null || at <= until);
}

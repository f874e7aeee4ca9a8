// Which recordings a breach concerns, judged row by row. In doubt a recording is among them: of one that was destroyed
// since, the index no longer says who took part.

import type { IncidentFigures, Scope } from './incident.ts';

/** What is asked of a row of the index. */
export interface AffectedRow {
  id: string;
  started_at: string;
  milliseconds: number;
  client: string;
  did: string;
  extension: string;
  fingerprint: string;
  state: string;
  destroyed_at: string | null;
}

/**
 * True when the recording lay on the box while it happened, and fits the rest.
 * @param clientOf whose line it is: the row of a destroyed recording does not say
 */
export function isAffected(row: AffectedRow, scope: Scope, clientOf: (did: string) => string): boolean {
  const { since, until, madeSince, madeUntil, client, line, extension, recordings } = scope;
  if (recordings.length > 0 && !recordings.includes(row.id)) return false;
  if (until !== null && row.started_at > until) return false;
  if (since !== null && row.destroyed_at !== null && row.destroyed_at < since) return false;
  if (madeSince !== null && row.started_at < madeSince) return false;
  if (madeUntil !== null && row.started_at >= madeUntil) return false;
  if (line !== null && row.did !== line) return false;
  const owner = row.client || clientOf(row.did);
  if (client !== null && owner !== '' && owner !== client) return false;
  const took = row.extension.split(' ').filter(Boolean);
  return extension === null || row.state === 'destroyed' || took.includes(extension);
}

export interface Tally {
  add(row: AffectedRow): void;
  /** A number for whoever called, which means nothing outside this tally; empty when that is not known. */
  pseudonym(row: AffectedRow): string;
  figures(): IncidentFigures;
}

/** Counts recordings and distinct persons. It keeps one entry a person, and nothing a recording. */
export function createTally(clientOf: (did: string) => string): Tally {
  const persons = new Map<string, number>();
  const extensions = new Set<string>();
  const clients: Record<string, number> = {};
  const counts = { recordings: 0, destroyed: 0, withheld: 0, milliseconds: 0 };
  return {
    add(row) {
      counts.recordings += 1;
      counts.milliseconds += row.milliseconds;
      if (row.state === 'destroyed') counts.destroyed += 1;
      else if (row.fingerprint === '') counts.withheld += 1;
      if (row.fingerprint !== '' && !persons.has(row.fingerprint))
        persons.set(row.fingerprint, persons.size + 1);
      for (const one of row.extension.split(' ').filter(Boolean)) extensions.add(one);
      const owner = row.client || clientOf(row.did) || '?';
      clients[owner] = (clients[owner] ?? 0) + 1;
    },
    pseudonym({ fingerprint }) {
      const number = persons.get(fingerprint);
      return number === undefined ? '' : `p${number}`;
    },
    figures: () => ({
      recordings: counts.recordings,
      destroyed: counts.destroyed,
      persons: persons.size,
      withheld: counts.withheld,
      extensions: extensions.size,
      seconds: Math.round(counts.milliseconds / 1000),
      clients,
    }),
  };
}

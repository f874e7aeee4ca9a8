// What came in today, counted for the live board: by the index of a client's calls, so that only today's are looked at.
// Calls outside the hours of a line are nobody's to answer.

import type { DatabaseSync } from 'node:sqlite';

export interface QuarterRow {
  /** Quarters of an hour since 1970 (UTC). */
  quarter: number;
  calls: number;
  answered: number;
  /** Of those answered, all together. */
  waitingMs: number;
  handlingMs: number;
}

export const BY_QUARTER = `
  SELECT unixepoch(arrived_at) / 900 AS quarter, count(*) AS calls, count(answered_at) AS answered,
    coalesce(sum(CASE WHEN answered_at IS NOT NULL THEN waiting_ms END), 0) AS waitingMs,
    coalesce(CAST(round(sum((julianday(ended_at) - julianday(answered_at)) * 86400000)) AS INTEGER), 0) AS handlingMs
  FROM calls WHERE client = ? AND arrived_at >= ? AND direction = 'inbound'
    AND coalesce(reason, '') <> 'closed' GROUP BY 1`;

/** Calls that came in for a client from that moment on (UTC ISO 8601), by quarter of an hour. */
export function callsByQuarter(db: DatabaseSync): (client: string, from: string) => QuarterRow[] {
  const statement = db.prepare(BY_QUARTER);
  return (client, from) => statement.all(client, from) as unknown as QuarterRow[];
}

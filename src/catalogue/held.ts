// Which recordings are held (C24), and which ones a hold is to be placed on.

import type { DatabaseSync, SQLInputValue } from 'node:sqlite';

/** What recordings are looked for by; all that is given must fit. */
export interface RecordingFilter {
  client?: string | undefined;
  did?: string | undefined;
  /** One that took part. */
  extension?: string | undefined;
  /** UTC ISO 8601, of the beginning: at that moment or later, and before. */
  since?: string | undefined;
  before?: string | undefined;
}

export interface Held {
  /** Rows that say they are held, at that moment or not any more. */
  rows(): { id: string; held_until: string }[];
  /** Ids of living recordings, oldest first. */
  select(filter: RecordingFilter, limit: number): string[];
}

/** What of a filter is compared with which column, and how. */
const CONDITIONS: Record<keyof RecordingFilter, string> = {
  client: 'client = ?',
  did: 'did = ?',
  extension: `' ' || extension || ' ' LIKE '% ' || ? || ' %'`,
  since: 'started_at >= ?',
  before: 'started_at < ?',
};

/** Statements on what is held. */
export function heldRecordings(db: DatabaseSync): Held {
  const rows = db.prepare(
    "SELECT id, held_until FROM recordings WHERE held_until IS NOT NULL AND state <> 'destroyed'",
  );
  return {
    rows: () => rows.all().map(({ id, held_until }) => ({ id: String(id), held_until: String(held_until) })),
    select(filter, limit) {
      const asked = Object.entries(filter).filter(([, value]) => value !== undefined);
      const where = [
        "state <> 'destroyed'",
        ...asked.map(([name]) => CONDITIONS[name as keyof RecordingFilter]),
      ];
      const values = asked.map(([, value]): SQLInputValue => value);
      const sql = `SELECT id FROM recordings WHERE ${where.join(' AND ')} ORDER BY started_at, id LIMIT ?`;
      return db
        .prepare(sql)
        .all(...values, limit)
        .map(({ id }) => String(id));
    },
  };
}

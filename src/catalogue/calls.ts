// The index of calls: one row each, recorded or not.

import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { named } from './columns.ts';

export interface CallRow {
  id: string;
  arrived_at: string;
  answered_at: string | null;
  ended_at: string | null;
  direction: string;
  client: string;
  did: string;
  line_name: string;
  policy: string;
  queue: string;
  last4: string;
  fingerprint: string;
  /** Extensions that took part, in the order in which they joined, with spaces between. */
  extension: string;
  waiting_ms: number | null;
  disposition: string;
  consent: string;
  /** 1 when an announcement is known to have been heard to its end. */
  announced: number;
  recorded: number;
  /** Why it was not recorded; null when it was. */
  reason: string | null;
}

/** What calls are looked for by; all that is given must fit. */
export interface CallFilter {
  direction?: string | undefined;
  client?: string | undefined;
  did?: string | undefined;
  extension?: string | undefined;
  disposition?: string | undefined;
  reason?: string | undefined;
  recorded?: boolean | undefined;
  /** UTC ISO 8601: at that moment or later, and before. */
  since?: string | undefined;
  until?: string | undefined;
}

const COLUMNS =
  'id, arrived_at, answered_at, ended_at, direction, client, did, line_name, policy, queue, last4, fingerprint, extension, waiting_ms, disposition, consent, announced, recorded, reason';

/** What of a filter is compared with which column, and how. */
const CONDITIONS: Record<keyof CallFilter, string> = {
  direction: 'direction = ?',
  client: 'client = ?',
  did: 'did = ?',
  extension: `' ' || extension || ' ' LIKE '% ' || ? || ' %'`,
  disposition: 'disposition = ?',
  reason: 'reason = ?',
  recorded: 'recorded = ?',
  since: 'arrived_at >= ?',
  until: 'arrived_at < ?',
};

/** Statements on the table of calls. */
export function callsTable(db: DatabaseSync) {
  const put = db.prepare(`INSERT OR REPLACE INTO calls (${COLUMNS}) VALUES (${named(COLUMNS)})`);
  const one = db.prepare('SELECT * FROM calls WHERE id = ?');
  const ofParty = db.prepare('SELECT * FROM calls WHERE fingerprint = ? ORDER BY arrived_at DESC');
  const forget = db.prepare("UPDATE calls SET last4 = '', fingerprint = '', extension = '' WHERE id = ?");
  return {
    put: (row: CallRow) => void put.run({ ...row }),
    one: (id: string) => one.get(id) as CallRow | undefined,
    ofParty: (fingerprint: string) => ofParty.all(fingerprint) as unknown as CallRow[],
    /** Takes the person out of a row (C23). */
    forget: (id: string) => void forget.run(id),
    /** Newest first. */
    list(limit: number, filter: CallFilter = {}): CallRow[] {
      const asked = Object.entries(filter).filter(([, value]) => value !== undefined);
      const where = asked.map(([name]) => CONDITIONS[name as keyof CallFilter]).join(' AND ') || 'TRUE';
      const values = asked.map(([, value]): SQLInputValue => (value === true ? 1 : value || 0));
      const sql = `SELECT * FROM calls WHERE ${where} ORDER BY arrived_at DESC, id DESC LIMIT ?`;
      return db.prepare(sql).all(...values, limit) as unknown as CallRow[];
    },
  };
}

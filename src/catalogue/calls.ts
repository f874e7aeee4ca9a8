// The index of calls: one row each, recorded or not.

import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { named } from './columns.ts';
import { type Condition, joined } from './search-filter.ts';

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
  /** Of one of these clients; of none, no call. */
  clients?: readonly string[] | undefined;
  did?: string | undefined;
  queue?: string | undefined;
  /** Keyed fingerprint of the number outside. */
  party?: string | undefined;
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

type Says = (value: never) => Condition;
const compared = (sql: string) => (value: SQLInputValue) => ({ sql, values: [value] });

const SAYS: Record<keyof CallFilter, Says> = {
  direction: compared('direction = ?'),
  client: compared('client = ?'),
  clients: (all: string[]) => ({ sql: `client IN (${all.map(() => '?').join(', ')})`, values: all }),
  did: compared('did = ?'),
  queue: compared('queue = ?'),
  party: compared('fingerprint = ?'),
  extension: compared(`' ' || extension || ' ' LIKE '% ' || ? || ' %'`),
  disposition: compared('disposition = ?'),
  reason: compared('reason = ?'),
  recorded: (recorded: boolean) => ({ sql: 'recorded = ?', values: [recorded ? 1 : 0] }),
  since: compared('arrived_at >= ?'),
  until: compared('arrived_at < ?'),
};

/** All conditions of a filter, or those of some of its fields. */
export function callConditions(filter: CallFilter, only = Object.keys(SAYS)): Condition[] {
  return Object.entries(filter)
    .filter(([field, value]) => value !== undefined && only.includes(field))
    .map(([field, value]) => SAYS[field as keyof CallFilter](value as never));
}

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
      const { sql, values } = joined(callConditions(filter));
      const newest = `SELECT * FROM calls WHERE ${sql} ORDER BY arrived_at DESC, id DESC LIMIT ?`;
      return db.prepare(newest).all(...values, limit) as unknown as CallRow[];
    },
  };
}

// Half a million calls in an index: one a minute through a year, of a hundred lines' callers.

import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export const CALLS = 500_000;

/** One in nine is not answered, one in twenty comes outside the hours, one in five goes out; callers come back. */
const FILL = `
  WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :rows),
    c AS (SELECT i, :start + i * 63 AS at, i % 9 = 0 AS missed, i % 20 = 0 AS closed, i % 5 = 0 AS goes FROM n)
  INSERT INTO calls (id, arrived_at, answered_at, ended_at, direction, client, did, line_name, policy, queue, last4,
    fingerprint, extension, waiting_ms, disposition, consent, announced, recorded, reason)
  SELECT printf('%08x-0000-4000-8000-%012x', (i * 2654435761) & 4294967295, i),
    strftime('%Y-%m-%dT%H:%M:%S.000Z', at, 'unixepoch'),
    CASE WHEN missed OR closed THEN NULL ELSE strftime('%Y-%m-%dT%H:%M:%S.000Z', at + 5 + i % 40, 'unixepoch') END,
    strftime('%Y-%m-%dT%H:%M:%S.000Z', at + 60 + i % 600, 'unixepoch'),
    iif(goes, 'outbound', 'inbound'), iif(i % 3 = 0, 'autre', 'demo'), '+331234567' || printf('%02d', i % 20),
    'Accueil', 'quality', iif(i % 3 = 0, 'q3', 'q5'), printf('%04d', i % 10000), printf('%064x', (i * 7919) % 100003),
    '201', CASE WHEN missed OR closed THEN NULL ELSE 1000 * (5 + i % 40) END, iif(missed OR closed, 'abandoned', 'answered'),
    iif(i % 50 = 1, 'refused', 'not-refused'), i % 11 <> 0, NOT (missed OR closed OR i % 50 = 1),
    CASE WHEN closed AND NOT goes THEN 'closed' WHEN missed THEN 'unanswered' WHEN i % 50 = 1 THEN 'refused' END FROM c`;

/** Fills the calls of an open catalogue in that folder, from that moment on (UTC ISO 8601). */
export function fillCalls(folder: string, from: string, rows = CALLS): DatabaseSync {
  const db = new DatabaseSync(join(folder, 'catalogue.db'));
  db.exec('PRAGMA synchronous = OFF');
  const indexes = db
    .prepare(
      "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'calls' AND sql IS NOT NULL",
    )
    .all() as { name: string; sql: string }[];
  db.exec('BEGIN');
  for (const { name } of indexes) db.exec(`DROP INDEX ${name}`);
  db.prepare(FILL).run({ rows, start: Date.parse(from) / 1_000 });
  for (const { sql } of indexes) db.exec(sql);
  db.exec('COMMIT');
  return db;
}

// Half a million recordings in an index: a year of them, one a minute.

import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { LATER_INDEXES, SCHEMA_VERSION } from '../../../src/catalogue/schema.ts';

export const ROWS = 500_000;

/** A third destroyed, a tenth held; one caller in a thousand, fifty extensions, three clients; one purpose that is rare. */
const fill = (rows: number) => `
  WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${rows})
  INSERT INTO recordings (id, day, started_at, milliseconds, direction, client, did, line_name, policy, purpose, last4,
    fingerprint, extension, queue, consent, state, due_at, held_until, bytes, destroyed_at, destroyed_reason)
  SELECT printf('%08x-0000-4000-8000-%012x', (i * 2654435761) & 4294967295, i),
    strftime('%Y-%m-%dT00:00:00.000Z', 1767225600 + i * 63, 'unixepoch'),
    strftime('%Y-%m-%dT%H:%M:%S.000Z', 1767225600 + i * 63, 'unixepoch'), (i * 7919) % 3600000,
    iif(i % 4 = 0, 'outbound', 'inbound'), iif(i % 3 = 0, 'autre', 'demo'), '+331234567' || printf('%02d', i % 20),
    'Accueil', 'accueil', iif(i % 1000 = 0, 'mifid', 'quality'), printf('%04d', i % 10000),
    printf('%064x', i % 1000), (200 + i % 50) || iif(i % 5 = 0, ' ' || (300 + i % 7), ''),
    iif(i % 3 = 0, 'q' || (i % 8), ''), 'not-refused', CASE WHEN i % 3 = 0 THEN 'destroyed' ELSE 'sealed' END,
    strftime('%Y-%m-%dT%H:%M:%S.000Z', 1767225600 + i * 63 + 15552000, 'unixepoch'),
    CASE WHEN i % 10 = 1 THEN '2027-12-31T00:00:00.000Z' END, 1000, NULL, NULL FROM n`;

/** Fills an open catalogue in that folder, as it would be from a vault, and returns a second connection to it. */
export function fillCatalogue(folder: string, rows = ROWS): DatabaseSync {
  const db = new DatabaseSync(join(folder, 'catalogue.db'));
  db.exec('PRAGMA synchronous = OFF; PRAGMA recursive_triggers = ON;');
  const always = db
    .prepare(
      "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'recordings' AND sql IS NOT NULL",
    )
    .all() as { name: string; sql: string }[];
  db.exec('BEGIN');
  for (const { name } of always) db.exec(`DROP INDEX ${name}`);
  db.exec(fill(rows));
  for (const sql of [...always.map(({ sql }) => sql), ...LATER_INDEXES]) db.exec(sql);
  db.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`);
  db.exec('COMMIT');
  // A journal of millions of pages would be searched for each page that is read.
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  return db;
}

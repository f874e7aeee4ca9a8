// The tables are filled from the vault: rows need not be on disk one by one, most indexes are made in the end, and much is
// kept in memory meanwhile, because rows that come in any order change pages all over the file.

import type { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import { LATER_INDEXES, SCHEMA_VERSION } from './schema.ts';
import { versionOf } from './tables.ts';

/** Of the cache, in KiB. */
const [CACHE, CACHE_FILLING] = [2_000, 64_000];
/** Pages in the journal before they go where they belong: the more there are, the more of them are the same page. */
const [JOURNAL, JOURNAL_FILLING] = [1_000, 16_000];
const PAGE_BYTES = 4_096;
/** So many rows are put in order in less time than a thread takes to start. */
const FEW = 5_000;

/** Whether it was filled, with all of its indexes. */
export const isFilled = (db: DatabaseSync) => versionOf(db) === SCHEMA_VERSION;

export function beginFilling(db: DatabaseSync): void {
  db.exec(`PRAGMA synchronous = NORMAL; PRAGMA cache_size = -${CACHE_FILLING};`);
  db.exec(`PRAGMA wal_autocheckpoint = ${JOURNAL_FILLING}`);
}

/** Makes the indexes that are missing, and everything durable. Throws when another thread cannot make them; then it is not filled. */
export async function endFilling(db: DatabaseSync, file: string): Promise<void> {
  if (!isFilled(db)) {
    if (lastRow(db, 'recordings') + lastRow(db, 'calls') > FEW) await indexElsewhere(file);
    else for (const sql of LATER_INDEXES) db.exec(sql);
  }
  db.exec(
    `PRAGMA synchronous = FULL; PRAGMA cache_size = -${CACHE}; PRAGMA wal_autocheckpoint = ${JOURNAL};`,
  );
  db.exec(`PRAGMA journal_size_limit = ${JOURNAL * PAGE_BYTES}`);
  db.exec(`PRAGMA user_version = ${SCHEMA_VERSION}; PRAGMA wal_checkpoint(PASSIVE)`);
}

const lastRow = (db: DatabaseSync, table: string) =>
  Number(db.prepare(`SELECT max(rowid) AS row FROM ${table}`).get()?.row ?? 0);

/** An index of half a million rows takes a second: meanwhile pages are served, and only who writes a row waits. */
async function indexElsewhere(file: string): Promise<void> {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const worker = new Worker(new URL(`./index-worker.${extension}`, import.meta.url), { workerData: file });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  worker.once('error', reject).once('exit', () => resolve());
  await promise;
}

// The tables as a whole: made when they are missing or of another version, and changed in one step or not at all.

import type { DatabaseSync } from 'node:sqlite';
import { SCHEMA, SCHEMA_VERSION } from './schema.ts';
import { SEALED_TO_SCHEMA } from './sealed-to.ts';
import { TAKING_PART_SCHEMA } from './taking-part.ts';

/** Does all of the work or, when it throws, nothing of it. */
export function inTransaction(db: DatabaseSync, work: () => void): void {
  db.exec('BEGIN IMMEDIATE');
  try {
    work();
    db.exec('COMMIT');
  } catch (error) {
    db.exec('ROLLBACK');
    throw error;
  }
}

/** Makes the tables, unless those of this version are there. Until they are filled the version stands below zero. */
export function prepareTables(db: DatabaseSync): void {
  inTransaction(db, () => {
    if (Math.abs(versionOf(db)) === SCHEMA_VERSION) return;
    db.exec(SCHEMA + SEALED_TO_SCHEMA + TAKING_PART_SCHEMA);
    db.exec(`PRAGMA user_version = ${-SCHEMA_VERSION}`);
  });
}

export function idsOf(db: DatabaseSync, table: 'recordings' | 'calls'): string[] {
  return db
    .prepare(`SELECT id FROM ${table}`)
    .all()
    .map(({ id }) => String(id));
}

export function versionOf(db: DatabaseSync): number {
  return Number(db.prepare('PRAGMA user_version').get()?.user_version);
}

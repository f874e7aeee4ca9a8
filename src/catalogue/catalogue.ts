// The index of recordings and calls. All SQL is in this folder, so that another database can take its place.

import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { makeFolder } from '../shared/files.ts';
import { SCHEMA } from './schema.ts';

export interface RecordingRow {
  id: string;
  day: string;
  started_at: string;
  milliseconds: number;
  direction: string;
  did: string;
  line_name: string;
  purpose: string;
  last4: string;
  fingerprint: string;
  extension: string;
  consent: string;
  state: 'sealed' | 'interrupted' | 'destroyed';
  due_at: string;
  bytes: number;
  destroyed_at: string | null;
  destroyed_reason: string | null;
}

export interface CallRow {
  id: string;
  arrived_at: string;
  ended_at: string | null;
  direction: string;
  did: string;
  last4: string;
  fingerprint: string;
  extension: string;
  answered: number;
  recorded: number;
  /** Why it was not recorded; null when it was. */
  reason: string | null;
}

export interface Catalogue {
  putRecording(row: RecordingRow): void;
  putCall(row: CallRow): void;
  recording(id: string): RecordingRow | undefined;
  call(id: string): CallRow | undefined;
  /** Newest first. `after` is the last row of the page before. */
  recordings(limit: number, after?: { started_at: string; id: string }): RecordingRow[];
  calls(limit: number): CallRow[];
  /** Everything due at that moment (UTC ISO 8601), oldest first. */
  due(now: string, limit: number): RecordingRow[];
  /** Leaves of a recording what its tombstone says, and takes the person out of the call's row too. */
  markDestroyed(id: string, at: string, reason: string): void;
  /** `due` counts what is due at that moment (UTC ISO 8601). */
  count(now: string): { recordings: number; destroyed: number; due: number };
  close(): void;
}

const COLUMNS =
  'id, day, started_at, milliseconds, direction, did, line_name, purpose, last4, fingerprint, extension, consent, state, due_at, bytes, destroyed_at, destroyed_reason';
const CALL_COLUMNS =
  'id, arrived_at, ended_at, direction, did, last4, fingerprint, extension, answered, recorded, reason';

/** Opens the catalogue in the given folder, making it when it is missing. */
export async function openCatalogue(folder: string): Promise<Catalogue> {
  await makeFolder(folder);
  const db = new DatabaseSync(join(folder, 'catalogue.db'), { timeout: 5_000 });
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;');
  db.exec(SCHEMA);
  const rows = (sql: string) => {
    const statement = db.prepare(sql);
    return <T>(...values: SQLInputValue[]) => statement.all(...values) as T[];
  };
  const putRecording = db.prepare(
    `INSERT OR REPLACE INTO recordings (${COLUMNS}) VALUES (${named(COLUMNS)})`,
  );
  const putCall = db.prepare(
    `INSERT OR REPLACE INTO calls (${CALL_COLUMNS}) VALUES (${named(CALL_COLUMNS)})`,
  );
  const one = rows('SELECT * FROM recordings WHERE id = ?');
  const oneCall = rows('SELECT * FROM calls WHERE id = ?');
  const first = rows('SELECT * FROM recordings ORDER BY started_at DESC, id DESC LIMIT ?');
  const next = rows(
    'SELECT * FROM recordings WHERE (started_at, id) < (?, ?) ORDER BY started_at DESC, id DESC LIMIT ?',
  );
  const calls = rows('SELECT * FROM calls ORDER BY arrived_at DESC, id DESC LIMIT ?');
  const due = rows(
    "SELECT * FROM recordings WHERE state <> 'destroyed' AND due_at <= ? ORDER BY due_at LIMIT ?",
  );
  const destroy = db.prepare(
    `UPDATE recordings SET state = 'destroyed', destroyed_at = ?, destroyed_reason = ?, milliseconds = 0, bytes = 0,
    direction = '', line_name = '', last4 = '', fingerprint = '', extension = '', consent = '' WHERE id = ?`,
  );
  const forget = db.prepare("UPDATE calls SET last4 = '', fingerprint = '', extension = '' WHERE id = ?");
  const counted =
    rows(`SELECT count(*) AS recordings, count(*) FILTER (WHERE state = 'destroyed') AS destroyed,
    count(*) FILTER (WHERE state <> 'destroyed' AND due_at <= ?) AS due FROM recordings`);
  return {
    putRecording: (row) => void putRecording.run({ ...row }),
    putCall: (row) => void putCall.run({ ...row }),
    recording: (id) => one<RecordingRow>(id)[0],
    call: (id) => oneCall<CallRow>(id)[0],
    recordings: (limit, after) =>
      after ? next<RecordingRow>(after.started_at, after.id, limit) : first<RecordingRow>(limit),
    calls: (limit) => calls<CallRow>(limit),
    due: (now, limit) => due<RecordingRow>(now, limit),
    markDestroyed(id, at, reason) {
      inTransaction(db, () => {
        destroy.run(at, reason, id);
        forget.run(id);
      });
    },
    count: (now) => counted<ReturnType<Catalogue['count']>>(now)[0] as ReturnType<Catalogue['count']>,
    close: () => db.close(),
  };
}

function inTransaction(db: DatabaseSync, work: () => void): void {
  db.exec('BEGIN IMMEDIATE');
  try {
    work();
    db.exec('COMMIT');
  } catch (error) {
    db.exec('ROLLBACK');
    throw error;
  }
}

function named(columns: string): string {
  return columns.replaceAll(/\w+/g, ':$&');
}

// The index of recordings and calls. All SQL is in this folder, so that another database can take its place.

import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { makeFolder } from '../shared/files.ts';
import { callsByQuarter, type QuarterRow } from './by-quarter.ts';
import { type CallQuestion, type CallSum, callSums } from './call-sums.ts';
import { type CallFilter, type CallRow, callsTable } from './calls.ts';
import { type CallPage, type CallPlace, callPages } from './calls-page.ts';
import { type Changes, createChanges } from './changes.ts';
import { type Figures, figuresOf } from './figures.ts';
import { beginFilling, endFilling, isFilled } from './filling.ts';
import { type Held, heldRecordings } from './held.ts';
import { putsOf } from './puts.ts';
import type { NewRecordingRow, RecordingRow } from './recording-row.ts';
import { type SealedTo, sealedToTable } from './sealed-to.ts';
import { type Search, searchIn } from './search.ts';
import { idsOf, inTransaction, prepareTables } from './tables.ts';

export type { NewRecordingRow, RecordingRow } from './recording-row.ts';

export interface Listed {
  recordings: string[];
  calls: string[];
}

export interface Catalogue extends Figures {
  /** True until it was filled from the vault: it is new, was lost, or was of another version. */
  readonly stale: boolean;
  /** Says that it is being filled: until that is over, rows need not be on disk one by one. */
  filling(): void;
  /** Makes what is missing of it, and says that it was filled; all rows are on disk then. */
  filled(): Promise<void>;
  /** Ids of all rows. */
  ids(): Listed;
  /** Takes rows out that nothing in the vault stands behind. */
  remove(rows: Listed): void;
  /** What a manifest says of the keys counts until the header was looked at: a rotation changes the header alone. */
  putRecording(row: NewRecordingRow): void;
  /** Many of them, all or none: each alone would write every index anew. */
  putRecordings(rows: NewRecordingRow[]): void;
  readonly sealedTo: SealedTo;
  readonly changes: Changes;
  putCall(row: CallRow): void;
  putCalls(rows: CallRow[]): void;
  recording(id: string): RecordingRow | undefined;
  call(id: string): CallRow | undefined;
  /** Newest first. `after` is the last row of the page before. */
  recordings(limit: number, after?: { started_at: string; id: string }): RecordingRow[];
  /** Recordings by whatever is known of them, in pages that cost little. */
  readonly search: Search;
  calls(limit: number, filter?: CallFilter): CallRow[];
  /** The same a page at a time, in pages that cost little. `place` is the `next` of the page before. */
  callPage(filter: CallFilter, limit: number, place?: CallPlace): CallPage;
  /**
   * Everything that is to go at that moment (UTC ISO 8601), oldest first: due, and no longer held. `after` is the last
   * row of the page before, by when it goes and by its id.
   */
  due(now: string, limit: number, after?: Going): GoingRow[];
  /** What would have gone at that moment and is held beyond it, by when its hold ends. `after` as above. */
  heldBack(now: string, limit: number, after?: Going): GoingRow[];
  /** Says until when a recording is held; null when it is not (any more). The holds themselves are files in the vault. */
  hold(id: string, until: string | null): void;
  readonly held: Held;
  /** All that is known of a party outside, by the fingerprint of the number; newest first (C27). */
  ofParty(fingerprint: string): { recordings: RecordingRow[]; calls: CallRow[] };
  /** Calls that came in for a client from that moment on (UTC ISO 8601), by quarter of an hour. */
  callsByQuarter(client: string, from: string): QuarterRow[];
  /** What there is to be counted of calls within a stretch of time, for each key of the question that has any. */
  callSums(question: CallQuestion): (since: string, before: string) => CallSum[];
  /** Puts in place of a recording what its tombstone says, and takes the person out of the call's row too. */
  markDestroyed(row: RecordingRow): void;
  /** The same of many, all or none. */
  markAllDestroyed(rows: RecordingRow[]): void;
  close(): void;
}

/** When a recording goes: its day, or the end of a hold when that is later. */
export interface Going {
  goes_at: string;
  id: string;
}
export type GoingRow = RecordingRow & Going;

/** Milliseconds for which a row waits until another process has written its rows, or an index is made (filling.ts). */
const PATIENCE_MS = 20_000;

/** Opens the catalogue in the given folder, making it when it is missing. */
export async function openCatalogue(folder: string): Promise<Catalogue> {
  await makeFolder(folder);
  const file = join(folder, 'catalogue.db');
  const db = new DatabaseSync(file, { timeout: PATIENCE_MS });
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;');
  // A row that replaces another takes it out first, and the counters hear of it.
  db.exec('PRAGMA recursive_triggers = ON;');
  prepareTables(db);
  let filled = false;
  // Another process may have filled it.
  const indexed = () => (filled ||= isFilled(db));
  const calls = callsTable(db);
  const sealedTo = sealedToTable(db);
  const { tell, ...changes } = createChanges();
  const rows = (sql: string) => {
    const statement = db.prepare(sql);
    return <T>(...values: SQLInputValue[]) => statement.all(...values) as T[];
  };
  const one = rows('SELECT * FROM recordings WHERE id = ?');
  const first = rows('SELECT * FROM recordings ORDER BY started_at DESC, id DESC LIMIT ?');
  const next = rows(
    'SELECT * FROM recordings WHERE (started_at, id) < (?, ?) ORDER BY started_at DESC, id DESC LIMIT ?',
  );
  const due = rows(
    "SELECT * FROM recordings WHERE state <> 'destroyed' AND goes_at <= ? AND (goes_at, id) > (?, ?) ORDER BY goes_at, id LIMIT ?",
  );
  const heldBack = rows(
    "SELECT * FROM recordings WHERE held_until > ? AND (held_until, id) > (?, ?) AND due_at <= ? AND state <> 'destroyed' ORDER BY held_until, id LIMIT ?",
  );
  const hold = db.prepare("UPDATE recordings SET held_until = ? WHERE id = ? AND state <> 'destroyed'");
  const ofParty = rows('SELECT * FROM recordings WHERE fingerprint = ? ORDER BY started_at DESC');
  const puts = putsOf(db, { calls, sealedTo, tell });
  return {
    get stale() {
      return !isFilled(db);
    },
    ids: () => ({ recordings: idsOf(db, 'recordings'), calls: idsOf(db, 'calls') }),
    remove: (rows) =>
      inTransaction(db, () => {
        for (const table of ['recordings', 'calls'] as const) {
          const remove = db.prepare(`DELETE FROM ${table} WHERE id = ?`);
          for (const id of rows[table]) remove.run(id);
        }
        for (const id of rows.recordings) sealedTo.put(id, []);
      }),
    filling: () => beginFilling(db),
    filled: () => endFilling(db, file),
    ...puts,
    putRecording: (row) => puts.putRecordings([row]),
    markDestroyed: (row) => puts.markAllDestroyed([row]),
    sealedTo,
    changes,
    putCall: (row) => puts.putCalls([row]),
    recording: (id) => one<RecordingRow>(id)[0],
    call: calls.one,
    recordings: (limit, after) =>
      after ? next<RecordingRow>(after.started_at, after.id, limit) : first<RecordingRow>(limit),
    search: searchIn(db, indexed),
    calls: calls.list,
    callPage: callPages(db, indexed),
    due: (now, limit, after) => due<GoingRow>(now, after?.goes_at ?? '', after?.id ?? '', limit),
    heldBack: (now, limit, after) =>
      heldBack<GoingRow>(now, after?.goes_at ?? '', after?.id ?? '', now, limit),
    hold(id, until) {
      if (hold.run(until, id).changes) tell(one<RecordingRow>(id)[0]?.client ?? '');
    },
    held: heldRecordings(db),
    ofParty: (fingerprint) =>
      fingerprint === ''
        ? { recordings: [], calls: [] }
        : { recordings: ofParty<RecordingRow>(fingerprint), calls: calls.ofParty(fingerprint) },
    ...figuresOf(db),
    callsByQuarter: callsByQuarter(db),
    callSums: (question) => callSums(db, question),
    close: () => db.close(),
  };
}

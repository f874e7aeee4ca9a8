// How rows get into the index: one, or many in one step.

import type { DatabaseSync } from 'node:sqlite';
import type { CallRow, callsTable } from './calls.ts';
import { named, picked } from './columns.ts';
import type { NewRecordingRow, RecordingRow } from './recording-row.ts';
import type { SealedTo } from './sealed-to.ts';
import { inTransaction } from './tables.ts';

const COLUMNS =
  'id, day, started_at, milliseconds, direction, client, did, line_name, policy, purpose, last4, fingerprint, extension, consent, state, due_at, held_until, bytes, destroyed_at, destroyed_reason';

/** The call may be listed before its recording, or after it. */
const QUEUE =
  "CASE WHEN :state = 'destroyed' THEN '' ELSE coalesce((SELECT queue FROM calls WHERE id = :id), '') END";
/** A row that is put again, after a rotation or from the vault, does not end a hold: only hold() does. */
const VALUES = named(COLUMNS).replace(
  ':held_until',
  "CASE WHEN :state = 'destroyed' THEN NULL ELSE coalesce(:held_until, (SELECT held_until FROM recordings WHERE id = :id)) END",
);

/** What of a row is stored: one that was read has more in it than that. */
const stored = (row: RecordingRow) => picked(row, COLUMNS);

export interface Puts {
  putRecordings(rows: NewRecordingRow[]): void;
  putCalls(rows: CallRow[]): void;
  markAllDestroyed(rows: NewRecordingRow[]): void;
}

interface Parts {
  calls: ReturnType<typeof callsTable>;
  sealedTo: SealedTo;
  /** Told of whose rows have changed, once they have. */
  tell(client: string): void;
}

/** Over an open index: each of them does all of its rows or, when it throws, none. */
export function putsOf(db: DatabaseSync, { calls, sealedTo, tell }: Parts): Puts {
  const putRecording = db.prepare(
    `INSERT OR REPLACE INTO recordings (${COLUMNS}, queue) VALUES (${VALUES}, ${QUEUE})`,
  );
  const waited = db.prepare(
    "UPDATE recordings SET queue = :queue WHERE id = :id AND queue <> :queue AND state <> 'destroyed'",
  );
  const tellOf = (all: { client: string }[]) => {
    for (const client of new Set(all.map((row) => row.client))) tell(client);
  };
  return {
    putRecordings(all) {
      inTransaction(db, () => {
        for (const { sealedTo: keys, ...row } of all) {
          putRecording.run(stored(row));
          if (row.state === 'destroyed') sealedTo.put(row.id, []);
          else if (keys?.exact || sealedTo.of(row.id).length === 0) sealedTo.put(row.id, keys?.keyIds ?? []);
        }
      });
      tellOf(all);
    },
    putCalls(all) {
      inTransaction(db, () => {
        for (const row of all) {
          calls.put(row);
          waited.run({ id: row.id, queue: row.queue });
        }
      });
      tellOf(all);
    },
    markAllDestroyed(all) {
      inTransaction(db, () => {
        for (const { sealedTo: _, ...row } of all) {
          putRecording.run(stored(row));
          sealedTo.put(row.id, []);
          calls.forget(row.id);
        }
      });
      // A tombstone does not say whose client it was.
      tellOf(all);
    },
  };
}

// Which keys open which recording, so that nobody has to open every header to answer it. The headers are what counts;
// this is made from them, and again whenever the index is rebuilt.

import type { DatabaseSync } from 'node:sqlite';

export interface SealedTo {
  /** Says whom the header of a recording is for, by the ids (16 hex digits) of the encryption keys. */
  put(id: string, keyIds: string[]): void;
  /** Ids of the keys that open a recording. */
  of(id: string): string[];
  /** How many living recordings one of the keys opens; of those, how many none of `without` opens. */
  count(keyIds: string[], without?: string[]): number;
  /** Living recordings that one of the keys opens and none of `without`, by their id. `after` is the last id before. */
  list(
    keyIds: string[],
    page: { without?: string[]; after?: string; limit: number },
  ): { id: string; day: string }[];
}

export const SEALED_TO_SCHEMA = `
  DROP TABLE IF EXISTS sealed_to;
  CREATE TABLE sealed_to (
    recording TEXT NOT NULL,
    key_id TEXT NOT NULL,
    PRIMARY KEY (recording, key_id)
  ) STRICT, WITHOUT ROWID;
`;

const HAS = (keys: string) =>
  `EXISTS (SELECT 1 FROM sealed_to WHERE recording = recordings.id AND key_id IN (SELECT value FROM json_each(:${keys})))`;
const OPENED = `FROM recordings WHERE state <> 'destroyed' AND ${HAS('keys')} AND NOT ${HAS('without')}`;

/** The table in an open catalogue. */
export function sealedToTable(db: DatabaseSync): SealedTo {
  const remove = db.prepare('DELETE FROM sealed_to WHERE recording = ?');
  const insert = db.prepare('INSERT OR IGNORE INTO sealed_to (recording, key_id) VALUES (?, ?)');
  const of = db.prepare('SELECT key_id FROM sealed_to WHERE recording = ? ORDER BY key_id');
  const count = db.prepare(`SELECT count(*) AS count ${OPENED}`);
  const list = db.prepare(`SELECT id, day ${OPENED} AND id > :after ORDER BY id LIMIT :limit`);
  return {
    put(id, keyIds) {
      remove.run(id);
      for (const keyId of keyIds) insert.run(id, keyId);
    },
    of: (id) => of.all(id).map(({ key_id }) => String(key_id)),
    count: (keys, without = []) =>
      Number(count.get({ keys: JSON.stringify(keys), without: JSON.stringify(without) })?.count),
    list: (keys, { without = [], after = '', limit }) =>
      list
        .all({ keys: JSON.stringify(keys), without: JSON.stringify(without), after, limit })
        .map(({ id, day }) => ({ id: String(id), day: String(day) })),
  };
}

// Sessions live on the server; the browser holds a random number, of which only the hash is kept here.

import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../shared/clock.ts';
import { makeFolder } from '../shared/files.ts';

const IDLE_MS = 30 * 60_000;
const ABSOLUTE_MS = 12 * 3_600_000;
/** How long a second factor that was given once more counts for what cannot be undone. */
const STEPPED_UP_MS = 5 * 60_000;
const VERSION = 2;

export interface Sessions {
  /** Begins a session and returns its token. */
  begin(user: string): string;
  /** The user of a session that is still good; using it keeps it from going idle. */
  user(token: string): string | undefined;
  /** Notes that the person has just given the second factor once more. */
  stepUp(token: string): void;
  /** Whether that was within the last five minutes. */
  steppedUp(token: string): boolean;
  end(token: string): void;
  /** Ends all sessions of a person, but for one that is to stay. */
  endAll(user: string, except?: string): void;
  close(): void;
}

/** Opens the sessions of the given folder. They survive a restart of the daemon. */
export async function openSessions(folder: string, clock: Clock): Promise<Sessions> {
  await makeFolder(folder);
  const db = new DatabaseSync(join(folder, 'sessions.db'), { timeout: 5_000 });
  prepare(db);
  const insert = db.prepare('INSERT INTO sessions (hash, user, begun, used) VALUES (?, ?, ?, ?)');
  const touch = db.prepare(
    'UPDATE sessions SET used = :now WHERE hash = :hash AND used > :idle AND begun > :absolute RETURNING user',
  );
  const expire = db.prepare('DELETE FROM sessions WHERE used <= ? OR begun <= ?');
  const remove = db.prepare('DELETE FROM sessions WHERE hash = ?');
  const removeAll = db.prepare('DELETE FROM sessions WHERE user = ? AND hash <> ?');
  const stepUp = db.prepare('UPDATE sessions SET stepped_up = ? WHERE hash = ?');
  const steppedUp = db.prepare('SELECT 1 FROM sessions WHERE hash = ? AND stepped_up > ?');
  return {
    begin(user) {
      const now = clock().getTime();
      expire.run(now - IDLE_MS, now - ABSOLUTE_MS);
      const token = randomBytes(32).toString('base64url');
      insert.run(hash(token), user, now, now);
      return token;
    },
    user(token) {
      const now = clock().getTime();
      const row = touch.get({ now, hash: hash(token), idle: now - IDLE_MS, absolute: now - ABSOLUTE_MS });
      return row?.user as string | undefined;
    },
    end: (token) => void remove.run(hash(token)),
    stepUp: (token) => void stepUp.run(clock().getTime(), hash(token)),
    steppedUp: (token) => steppedUp.get(hash(token), clock().getTime() - STEPPED_UP_MS) !== undefined,
    endAll: (user, except = '') => void removeAll.run(user, hash(except)),
    close: () => db.close(),
  };
}

/** Sessions of another version are ended: everybody logs in again. */
function prepare(db: DatabaseSync): void {
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON;');
  if (Number(db.prepare('PRAGMA user_version').get()?.user_version) === VERSION) return;
  db.exec(`DROP TABLE IF EXISTS sessions;
    CREATE TABLE sessions (
      hash TEXT PRIMARY KEY, user TEXT NOT NULL, begun INTEGER NOT NULL, used INTEGER NOT NULL,
      stepped_up INTEGER NOT NULL DEFAULT 0
    ) STRICT, WITHOUT ROWID;
    PRAGMA user_version = ${VERSION}`);
}

function hash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

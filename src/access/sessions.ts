// Sessions live on the server; the browser holds a random number, of which only the hash is kept here.

import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../shared/clock.ts';
import { makeFolder } from '../shared/files.ts';

const IDLE_MS = 30 * 60_000;
const ABSOLUTE_MS = 12 * 3_600_000;

export interface Sessions {
  /** Begins a session and returns its token. */
  begin(user: string): string;
  /** The user of a session that is still good; using it keeps it from going idle. */
  user(token: string): string | undefined;
  end(token: string): void;
  endAll(user: string): void;
  close(): void;
}

/** Opens the sessions of the given folder. They survive a restart of the daemon. */
export async function openSessions(folder: string, clock: Clock): Promise<Sessions> {
  await makeFolder(folder);
  const db = new DatabaseSync(join(folder, 'sessions.db'), { timeout: 5_000 });
  db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON;
    CREATE TABLE IF NOT EXISTS sessions (
      hash TEXT PRIMARY KEY, user TEXT NOT NULL, begun INTEGER NOT NULL, used INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID`);
  const insert = db.prepare('INSERT INTO sessions (hash, user, begun, used) VALUES (?, ?, ?, ?)');
  const touch = db.prepare(
    'UPDATE sessions SET used = :now WHERE hash = :hash AND used > :idle AND begun > :absolute RETURNING user',
  );
  const expire = db.prepare('DELETE FROM sessions WHERE used <= ? OR begun <= ?');
  const remove = db.prepare('DELETE FROM sessions WHERE hash = ?');
  const removeAll = db.prepare('DELETE FROM sessions WHERE user = ?');
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
    endAll: (user) => void removeAll.run(user),
    close: () => db.close(),
  };
}

function hash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

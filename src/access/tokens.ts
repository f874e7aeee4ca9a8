// Tokens for programs. A token reads, and nothing else: it never listens, asks, decides or manages; and it reads no more
// than whoever made it may read at that moment. Only its hash is kept; it is good for a year at most.

import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../shared/clock.ts';
import { GreffierError } from '../shared/errors.ts';
import { makeFolder } from '../shared/files.ts';
import { isOfClients, type Permission } from './roles.ts';

/** What a token may be given: permissions to read, none of which hands out anything that can be heard. */
export const SCOPES = [
  'api:read',
  'health:read',
  'recordings:list',
  'retention:read',
  'holds:read',
  'approvals:read',
  'listens:report',
  'statistics:read',
  'audit:read',
] as const satisfies readonly Permission[];
export type Scope = (typeof SCOPES)[number];
/** Of those, the ones that a token of one client may have. */
export const BY_CLIENT: readonly Scope[] = SCOPES.filter(isOfClients);

const DAY_MS = 86_400_000;
const LONGEST_MS = 366 * DAY_MS;
/** A use is written down once in this time: not each request costs a write. */
const NOTED_EVERY_MS = 60_000;
const MOST = 200;
export const TOKEN_FORM = /^grf_[A-Za-z0-9_-]{43}$/;

export interface Token {
  id: string;
  name: string;
  scopes: Scope[];
  /** Id of the only client whose data it reads; null for all. */
  client: string | null;
  madeBy: string;
  madeAt: string;
  expiresAt: string;
  lastUsedAt: string | null;
}

export interface NewToken {
  name: string;
  scopes: Scope[];
  client: string | null;
  expiresAt: string;
  madeBy: string;
}

export interface Tokens {
  /** Makes a token and returns its secret, which is never shown again. Throws `bad-expiry`, `not-by-client`, `too-many-tokens`. */
  make(wish: NewToken): { token: Token; secret: string };
  /** The token of a secret, if it is still good; notes that it was used. */
  use(secret: string): Token | undefined;
  /** Newest first, those that are over among them until they are revoked. */
  list(): Token[];
  /** Throws `no-such-token`. */
  one(id: string): Token;
  revoke(id: string): void;
  close(): void;
}

/** Opens the tokens of the given folder; the daemon and the command line may both have it open. */
export async function openTokens(folder: string, clock: Clock): Promise<Tokens> {
  await makeFolder(folder);
  const db = new DatabaseSync(join(folder, 'tokens.db'), { timeout: 5_000 });
  db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;
    CREATE TABLE IF NOT EXISTS tokens (
      id TEXT PRIMARY KEY, hash TEXT NOT NULL UNIQUE, name TEXT NOT NULL, scopes TEXT NOT NULL, client TEXT,
      madeBy TEXT NOT NULL, madeAt TEXT NOT NULL, expiresAt TEXT NOT NULL, lastUsedAt TEXT
    ) STRICT, WITHOUT ROWID`);
  const insert = db.prepare(
    'INSERT INTO tokens (id, hash, name, scopes, client, madeBy, madeAt, expiresAt) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const ofHash = db.prepare('SELECT * FROM tokens WHERE hash = ? AND expiresAt > ?');
  const used = db.prepare('UPDATE tokens SET lastUsedAt = ? WHERE id = ?');
  const all = db.prepare('SELECT * FROM tokens ORDER BY madeAt DESC, id');
  const byId = db.prepare('SELECT * FROM tokens WHERE id = ?');
  const remove = db.prepare('DELETE FROM tokens WHERE id = ?');
  const one = (id: string): Token => {
    const row = byId.get(id);
    if (row) return read(row);
    throw new GreffierError('no-such-token', `no token ${id.slice(0, 16)}`, {
      hint: 'greffier tokens list shows their ids',
      status: 404,
    });
  };
  return {
    make(wish) {
      const now = clock();
      insist(wish, now, all.all().length);
      const secret = `grf_${randomBytes(32).toString('base64url')}`;
      const id = randomBytes(6).toString('hex');
      const { name, scopes, client, madeBy, expiresAt } = wish;
      insert.run(id, hash(secret), name, scopes.join(' '), client, madeBy, now.toISOString(), expiresAt);
      return { token: one(id), secret };
    },
    use(secret) {
      const now = clock();
      const row = TOKEN_FORM.test(secret) ? ofHash.get(hash(secret), now.toISOString()) : undefined;
      if (!row) return undefined;
      const token = read(row);
      if (now.getTime() - Date.parse(token.lastUsedAt ?? '1970-01-01') > NOTED_EVERY_MS)
        used.run(now.toISOString(), token.id);
      return token;
    },
    list: () => all.all().map(read),
    one,
    revoke(id) {
      one(id);
      remove.run(id);
    },
    close: () => db.close(),
  };
}

function insist({ expiresAt, client, scopes }: NewToken, now: Date, count: number): void {
  const end = Date.parse(expiresAt);
  if (!(end > now.getTime() && end <= now.getTime() + LONGEST_MS))
    throw new GreffierError('bad-expiry', `a token cannot expire on ${expiresAt}`, {
      hint: 'choose a moment within a year',
      status: 400,
    });
  const open = scopes.filter((scope) => client !== null && !BY_CLIENT.includes(scope));
  if (open.length > 0)
    throw new GreffierError('not-by-client', `${open.join(', ')} cannot be kept to one client`, {
      hint: `with a client, a token may have ${BY_CLIENT.join(', ')}`,
      status: 400,
    });
  if (count >= MOST)
    throw new GreffierError('too-many-tokens', `there are ${count} tokens`, {
      hint: 'revoke those that nobody uses',
      status: 409,
    });
}

function read({ hash: _, scopes, ...row }: Record<string, unknown>): Token {
  return { ...row, scopes: String(scopes).split(' ') } as Token;
}

function hash(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

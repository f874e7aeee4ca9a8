// The tables of the index. It may be deleted at any time: it is rebuilt from the sealed files (promise 9).

export const SCHEMA = `
  CREATE TABLE IF NOT EXISTS recordings (
    id TEXT PRIMARY KEY,
    day TEXT NOT NULL,
    started_at TEXT NOT NULL,
    milliseconds INTEGER NOT NULL,
    direction TEXT NOT NULL,
    did TEXT NOT NULL,
    line_name TEXT NOT NULL,
    purpose TEXT NOT NULL,
    last4 TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    extension TEXT NOT NULL,
    consent TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('sealed', 'interrupted', 'destroyed')),
    due_at TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    destroyed_at TEXT,
    destroyed_reason TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS recordings_by_start ON recordings (started_at DESC, id DESC);
  CREATE INDEX IF NOT EXISTS recordings_by_due ON recordings (due_at) WHERE state <> 'destroyed';
  CREATE INDEX IF NOT EXISTS recordings_by_caller ON recordings (fingerprint, started_at DESC);

  CREATE TABLE IF NOT EXISTS calls (
    id TEXT PRIMARY KEY,
    arrived_at TEXT NOT NULL,
    ended_at TEXT,
    direction TEXT NOT NULL,
    did TEXT NOT NULL,
    last4 TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    extension TEXT NOT NULL,
    answered INTEGER NOT NULL,
    recorded INTEGER NOT NULL,
    reason TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS calls_by_arrival ON calls (arrived_at DESC, id DESC);
`;

// The tables of the index. It may be deleted at any time: it is rebuilt from the sealed files (promise 9). So there is
// no migration: an index of another version is emptied and filled again.

/** Goes up with each change of the tables below. */
export const SCHEMA_VERSION = 13;

export const SCHEMA = `
  DROP TABLE IF EXISTS recordings;
  DROP TABLE IF EXISTS calls;

  -- With a rowid, so that rows lie in the order in which they came: those of one day are read together, though ids are
  -- drawn at random.
  CREATE TABLE recordings (
    id TEXT NOT NULL PRIMARY KEY,
    day TEXT NOT NULL,
    started_at TEXT NOT NULL,
    milliseconds INTEGER NOT NULL,
    direction TEXT NOT NULL,
    client TEXT NOT NULL,
    did TEXT NOT NULL,
    line_name TEXT NOT NULL,
    policy TEXT NOT NULL,
    purpose TEXT NOT NULL,
    last4 TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    extension TEXT NOT NULL,
    -- As the row of the same call says: the manifest does not know it.
    queue TEXT NOT NULL DEFAULT '',
    consent TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('sealed', 'interrupted', 'truncated', 'destroyed')),
    due_at TEXT NOT NULL,
    -- End of the legal hold that lasts longest, and when it really goes: the later of the two.
    held_until TEXT,
    goes_at TEXT NOT NULL GENERATED ALWAYS AS (max(due_at, coalesce(held_until, due_at))) STORED,
    bytes INTEGER NOT NULL,
    destroyed_at TEXT,
    destroyed_reason TEXT
  ) STRICT;
  -- The orders in which rows are shown and destroyed; all other indexes are made when the tables are filled.
  CREATE INDEX recordings_by_start ON recordings (started_at DESC, id DESC);
  CREATE INDEX recordings_by_going ON recordings (goes_at, id, bytes) WHERE state <> 'destroyed';
  CREATE INDEX recordings_by_length ON recordings (milliseconds DESC, id DESC);

  -- How many rows there are, so that nobody has to count them: each list and each health report asks.
  DROP TABLE IF EXISTS row_counts;
  CREATE TABLE row_counts (destroyed INTEGER PRIMARY KEY, rows INTEGER NOT NULL) STRICT;
  INSERT INTO row_counts VALUES (0, 0), (1, 0);
  CREATE TRIGGER recordings_in AFTER INSERT ON recordings BEGIN
    UPDATE row_counts SET rows = rows + 1 WHERE destroyed = (NEW.state = 'destroyed');
  END;
  CREATE TRIGGER recordings_out AFTER DELETE ON recordings BEGIN
    UPDATE row_counts SET rows = rows - 1 WHERE destroyed = (OLD.state = 'destroyed');
  END;
  CREATE TRIGGER recordings_on AFTER UPDATE OF state ON recordings BEGIN
    UPDATE row_counts SET rows = rows - 1 WHERE destroyed = (OLD.state = 'destroyed');
    UPDATE row_counts SET rows = rows + 1 WHERE destroyed = (NEW.state = 'destroyed');
  END;

  -- With rowids, which follow arrival: a day's rows lie side by side, where ids would strew them over the whole file.
  CREATE TABLE calls (
    id TEXT PRIMARY KEY,
    arrived_at TEXT NOT NULL,
    answered_at TEXT,
    ended_at TEXT,
    direction TEXT NOT NULL,
    client TEXT NOT NULL,
    did TEXT NOT NULL,
    line_name TEXT NOT NULL,
    policy TEXT NOT NULL,
    queue TEXT NOT NULL,
    last4 TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    extension TEXT NOT NULL,
    waiting_ms INTEGER,
    disposition TEXT NOT NULL,
    consent TEXT NOT NULL,
    announced INTEGER NOT NULL,
    recorded INTEGER NOT NULL,
    reason TEXT
  ) STRICT;
  CREATE INDEX calls_by_arrival ON calls (arrived_at DESC, id DESC);
`;

/**
 * What is searched by, each in the order in which it is shown (search.ts). Made in one go when the tables were filled: row by
 * row they take five times as long, because each row changes a page of each of them.
 */
export const LATER_INDEXES = [
  'CREATE INDEX IF NOT EXISTS recordings_by_destruction ON recordings (destroyed_at, destroyed_reason) WHERE destroyed_at IS NOT NULL',
  'CREATE INDEX IF NOT EXISTS recordings_held ON recordings (held_until, id) WHERE held_until IS NOT NULL',
  'CREATE INDEX IF NOT EXISTS recordings_by_caller ON recordings (fingerprint, started_at DESC, id DESC)',
  'CREATE INDEX IF NOT EXISTS recordings_by_last4 ON recordings (last4, started_at DESC, id DESC)',
  'CREATE INDEX IF NOT EXISTS recordings_by_queue ON recordings (queue, started_at DESC, id DESC)',
  'CREATE INDEX IF NOT EXISTS recordings_by_line ON recordings (did, started_at DESC, id DESC)',
  'CREATE INDEX IF NOT EXISTS recordings_by_client ON recordings (client, started_at DESC, id DESC)',
  'CREATE INDEX IF NOT EXISTS recordings_by_purpose ON recordings (purpose, started_at DESC, id DESC)',
  'CREATE INDEX IF NOT EXISTS recordings_by_consent ON recordings (consent, started_at DESC, id DESC)',
  'CREATE INDEX IF NOT EXISTS recordings_by_state ON recordings (state, started_at DESC, id DESC)',
  'CREATE INDEX IF NOT EXISTS recordings_held_by_start ON recordings (started_at DESC, id DESC) WHERE held_until IS NOT NULL',
  'CREATE INDEX IF NOT EXISTS calls_by_client ON calls (client, arrived_at DESC)',
  "CREATE INDEX IF NOT EXISTS calls_without_audio ON calls (id) WHERE reason = 'no-audio'",
  'CREATE INDEX IF NOT EXISTS calls_by_caller ON calls (fingerprint, arrived_at DESC, client, direction)',
];

// The records of calls as two telephone exchanges of the field keep them, in SQLite: the tables and indexes that they ship,
// and the questions as their pages put them. That there is no web server and no PHP before them is in their favour.

import { DatabaseSync } from 'node:sqlite';

export interface Peer {
  name: string;
  fill: string;
  /** Questions by their names in search-questions.ts. */
  asks: Record<string, string>;
}

/** What every peer is filled from: the same calls, in the same order, with whole numbers, as they keep them. */
const CALLS = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :rows),
  c AS (SELECT i, 1767225600 + i * 63 AS at, '0612' || printf('%02d', i % 100) || printf('%04d', i % 10000) AS number,
    '331234567' || printf('%02d', i % 20) AS line, 200 + i % 50 AS extension, (i * 7919) % 3600 AS seconds,
    printf('%08x-0000-4000-8000-%012x', (i * 2654435761) & 4294967295, i) AS id FROM n)`;

/** FreePBX: table cdr of asteriskcdrdb, with the indexes that its installation makes. */
const freepbx: Peer = {
  name: 'FreePBX schema',
  fill: `CREATE TABLE cdr (calldate TEXT NOT NULL, clid TEXT NOT NULL, src TEXT NOT NULL, dst TEXT NOT NULL,
      dcontext TEXT NOT NULL, channel TEXT NOT NULL, dstchannel TEXT NOT NULL, lastapp TEXT NOT NULL,
      lastdata TEXT NOT NULL, duration INTEGER NOT NULL, billsec INTEGER NOT NULL, disposition TEXT NOT NULL,
      amaflags INTEGER NOT NULL, accountcode TEXT NOT NULL, uniqueid TEXT NOT NULL, userfield TEXT NOT NULL,
      did TEXT NOT NULL, recordingfile TEXT NOT NULL, cnum TEXT NOT NULL, cnam TEXT NOT NULL);
    ${CALLS.replace('WITH', 'INSERT INTO cdr WITH')}
    SELECT strftime('%Y-%m-%d %H:%M:%S', at, 'unixepoch'), '"" <' || number || '>', number, extension, 'ext-queues',
      'PJSIP/trunk-' || id, 'PJSIP/' || extension || '-' || id, 'Dial', 'PJSIP/' || extension, seconds + 9, seconds,
      'ANSWERED', 3, '', id, '', line, 'in-' || line || '-' || id || '.wav', number, '' FROM c;
    CREATE INDEX calldate ON cdr (calldate); CREATE INDEX dst ON cdr (dst);
    CREATE INDEX accountcode ON cdr (accountcode); CREATE INDEX uniqueid ON cdr (uniqueid);`,
  asks: {
    list: "SELECT * FROM cdr WHERE calldate BETWEEN '2026-01-01' AND '2032-01-01' ORDER BY calldate DESC LIMIT 50",
    number:
      "SELECT * FROM cdr WHERE calldate BETWEEN '2026-01-01' AND '2032-01-01' AND src = :number ORDER BY calldate DESC LIMIT 50",
    'last digits':
      "SELECT * FROM cdr WHERE calldate BETWEEN '2026-01-01' AND '2032-01-01' AND src LIKE '%' || :digits ORDER BY calldate DESC LIMIT 50",
    'month and filters':
      'SELECT * FROM cdr WHERE calldate BETWEEN :since AND :before AND did = :line AND duration BETWEEN 600 AND 3600 ORDER BY calldate DESC LIMIT 50',
    'deep page':
      "SELECT * FROM cdr WHERE calldate BETWEEN '2026-01-01' AND '2032-01-01' ORDER BY calldate DESC LIMIT 50 OFFSET :offset",
  },
};

/** FusionPBX: table v_xml_cdr, with the indexes that it brings for SQLite, and its joins. */
const fusionpbx: Peer = {
  name: 'FusionPBX schema',
  fill: `CREATE TABLE v_domains (domain_uuid TEXT PRIMARY KEY, domain_name TEXT);
    CREATE TABLE v_extensions (extension_uuid TEXT PRIMARY KEY, extension TEXT, effective_caller_id_name TEXT);
    INSERT INTO v_domains VALUES ('one', 'one.example.org');
    WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 49)
      INSERT INTO v_extensions SELECT 'extension-' || (200 + i), 200 + i, 'Agent ' || i FROM n;
    CREATE TABLE v_xml_cdr (xml_cdr_uuid TEXT PRIMARY KEY, domain_uuid TEXT, extension_uuid TEXT, sip_call_id TEXT,
      direction TEXT, context TEXT, caller_id_name TEXT, caller_id_number TEXT, caller_destination TEXT,
      destination_number TEXT, start_epoch NUMERIC, start_stamp TEXT, answer_stamp TEXT, end_stamp TEXT,
      duration NUMERIC, billsec NUMERIC, read_codec TEXT, write_codec TEXT, record_path TEXT, record_name TEXT,
      leg TEXT, hangup_cause TEXT, cc_side TEXT, status TEXT);
    ${CALLS.replace('WITH', 'INSERT INTO v_xml_cdr WITH')}
    SELECT id, 'one', 'extension-' || extension, id, iif(i % 4 = 0, 'outbound', 'inbound'), 'public', '', number, line,
      extension, at, strftime('%Y-%m-%d %H:%M:%S', at, 'unixepoch'), strftime('%Y-%m-%d %H:%M:%S', at + 9, 'unixepoch'),
      strftime('%Y-%m-%d %H:%M:%S', at + 9 + seconds, 'unixepoch'), seconds + 9, seconds, 'PCMA', 'PCMA',
      '/var/lib/freeswitch/recordings', id || '.wav', 'a', 'NORMAL_CLEARING', NULL, 'answered' FROM c;
    CREATE INDEX index_billsec ON v_xml_cdr (billsec); CREATE INDEX index_caller_id_name ON v_xml_cdr (caller_id_name);
    CREATE INDEX index_destination_number ON v_xml_cdr (destination_number);
    CREATE INDEX index_duration ON v_xml_cdr (duration); CREATE INDEX index_hangup_cause ON v_xml_cdr (hangup_cause);
    CREATE INDEX index_start_stamp ON v_xml_cdr (start_stamp);`,
  asks: Object.fromEntries(
    Object.entries({
      list: '',
      number: 'AND caller_id_number = :number',
      'last digits': "AND caller_id_number LIKE '%' || :digits",
      'month and filters':
        'AND start_stamp BETWEEN :since AND :before AND caller_destination = :line AND billsec >= 600 AND billsec <= 3600',
      'deep page': '',
    }).map(([name, filter]) => [
      name,
      `SELECT c.*, e.extension, e.effective_caller_id_name FROM v_xml_cdr c
        LEFT JOIN v_extensions e ON e.extension_uuid = c.extension_uuid
        INNER JOIN v_domains d ON d.domain_uuid = c.domain_uuid
        WHERE c.domain_uuid = 'one' ${filter} AND hangup_cause <> 'LOSE_RACE' AND (cc_side IS NULL OR cc_side <> 'agent')
        ORDER BY start_stamp DESC LIMIT 50 OFFSET ${name === 'deep page' ? ':offset' : '0'}`,
    ]),
  ),
};

export const PEERS = [freepbx, fusionpbx];

/** Fills a peer with so many calls, in that file. */
export function openPeer(file: string, { fill }: Peer, rows: number): DatabaseSync {
  const db = new DatabaseSync(file);
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF');
  for (const statement of fill.split(/;\s*(?=CREATE|INSERT|WITH|$)/).filter(Boolean)) {
    const prepared = db.prepare(statement);
    if (statement.includes(':rows')) prepared.run({ rows });
    else prepared.run();
  }
  return db;
}

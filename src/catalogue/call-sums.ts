// Calls counted for the statistics: sums only, which can be added up over any stretch of time. Whoever took part is in none
// of them (ADR 0028).

import type { DatabaseSync, SQLInputValue } from 'node:sqlite';

/** What calls can be kept apart by; the quarter of an hour since 1970 (UTC) stands for every kind of time. */
const KEYS = {
  quarter: 'unixepoch(arrived_at) / 900',
  line: 'did',
  queue: 'queue',
  client: 'client',
} as const;
export type CallKey = keyof typeof KEYS;

export interface CallQuestion {
  by: CallKey;
  did?: string | undefined;
  queue?: string | undefined;
  /** Of one of these clients. */
  clients?: readonly string[] | undefined;
  /** Milliseconds within which a call should be answered. */
  inTimeMs: number;
  /** Whoever calls again within so many days was not helped the first time. */
  againDays: number;
  /** UTC ISO 8601: whether somebody has called again is known of calls before that moment only. */
  settledBefore: string;
}

/** Calls that came in while a line was open, unless it is said otherwise. */
export interface CallSum {
  key: string | number;
  calls: number;
  answered: number;
  /** Answered within the time that they should be. */
  inTime: number;
  /** Of those answered, all together. */
  waitingMs: number;
  /** The longest wait of one that was answered. */
  longestMs: number;
  handlingMs: number;
  /** Came in outside the hours of a line. */
  closed: number;
  /** Calls to somebody outside. */
  outbound: number;
  /** Answered, either way: what could be recorded. */
  talks: number;
  recorded: number;
  /** Recorded, and an announcement was heard to its end. */
  proven: number;
  /** Whoever objected, in this call or once and for all. */
  optOuts: number;
  /** Answered, of a number that is known, long enough ago to say whether it has called again. */
  known: number;
  again: number;
}

const OPEN = "direction = 'inbound' AND coalesce(reason, '') <> 'closed'";
const ANSWERED = `${OPEN} AND answered_at IS NOT NULL`;
const KNOWN = `${ANSWERED} AND fingerprint <> '' AND arrived_at < :settledBefore`;
/** By the same number, to the same client: what another client is called for is nobody's business here (C34). */
const AGAIN = `EXISTS (SELECT 1 FROM calls AS later WHERE later.fingerprint = calls.fingerprint
  AND later.arrived_at > calls.arrived_at
  AND later.arrived_at <= strftime('%Y-%m-%dT%H:%M:%fZ', calls.arrived_at, :again)
  AND later.client = calls.client AND later.direction = 'inbound')`;
const TALK = 'answered_at IS NOT NULL';
const LASTED = '(julianday(ended_at) - julianday(answered_at)) * 86400000';

const counted = (condition: string) => `count(*) FILTER (WHERE ${condition})`;
const summed = (what: string, condition: string) =>
  `coalesce(CAST(round(sum(${what}) FILTER (WHERE ${condition})) AS INTEGER), 0)`;

const SUMS = `
  ${counted(OPEN)} AS calls,
  ${counted(ANSWERED)} AS answered,
  ${counted(`${ANSWERED} AND waiting_ms <= :inTimeMs`)} AS inTime,
  ${summed('waiting_ms', ANSWERED)} AS waitingMs,
  coalesce(max(waiting_ms) FILTER (WHERE ${ANSWERED}), 0) AS longestMs,
  ${summed(LASTED, ANSWERED)} AS handlingMs,
  ${counted("direction = 'inbound' AND reason = 'closed'")} AS closed,
  ${counted("direction = 'outbound'")} AS outbound,
  ${counted(TALK)} AS talks,
  ${counted(`${TALK} AND recorded = 1`)} AS recorded,
  ${counted(`${TALK} AND recorded = 1 AND announced = 1`)} AS proven,
  ${counted("consent = 'refused' OR reason IN ('refused', 'objected')")} AS optOuts,
  ${counted(KNOWN)} AS known,
  ${counted(`${KNOWN} AND ${AGAIN}`)} AS again`;

/** What is asked of the index, but for the two moments `since` and `before`. Calls inside are nobody's figures. */
export function askedFor(question: CallQuestion): { sql: string; values: Record<string, SQLInputValue> } {
  const { by, did, queue, clients, inTimeMs, againDays, settledBefore } = question;
  const values: Record<string, SQLInputValue> = { inTimeMs, settledBefore, again: `+${againDays} days` };
  const conditions = ["arrived_at >= :since AND arrived_at < :before AND direction <> 'internal'"];
  const only = (condition: string, named: Record<string, SQLInputValue>) => {
    conditions.push(condition);
    Object.assign(values, named);
  };
  if (did !== undefined) only('did = :did', { did });
  if (queue !== undefined) only('queue = :queue', { queue });
  // Of no client, no call.
  if (clients)
    only(`client IN (${clients.map((_, index) => `:client${index}`).join(', ')})`, {
      ...Object.fromEntries(clients.map((client, index) => [`client${index}`, client])),
    });
  const sql = `SELECT ${KEYS[by]} AS key, ${SUMS} FROM calls WHERE ${conditions.join(' AND ')} GROUP BY 1 ORDER BY 1`;
  return { sql, values };
}

/** Returns what counts calls between two moments (UTC ISO 8601), the second left out. */
export function callSums(db: DatabaseSync, question: CallQuestion) {
  const { sql, values } = askedFor(question);
  const statement = db.prepare(sql);
  return (since: string, before: string) =>
    statement.all({ ...values, since, before }) as unknown as CallSum[];
}

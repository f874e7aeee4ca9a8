// The questions that are asked of half a million rows: over HTTP, and as somebody would write them in SQL who knows the
// file. Each turn asks for another number, day or place, so that no answer is remembered.

export interface Question {
  name: string;
  /** What is asked over HTTP. */
  query(turn: number): Record<string, string>;
  /** The same of the same file. */
  sql: string;
  values(turn: number): Record<string, string | number>;
}

/** As test/unit/support/half-a-million.ts makes them. */
const callers = (turn: number) => ({ party: (turn % 1000).toString(16).padStart(64, '0') });
const digits = (turn: number) => String((turn * 37) % 10_000).padStart(4, '0');
const line = (turn: number) => `+331234567${String(turn % 20).padStart(2, '0')}`;
const month = (turn: number) => String(1 + (turn % 11)).padStart(2, '0');
const next = (turn: number) => String(2 + (turn % 11)).padStart(2, '0');

export const QUESTIONS: Question[] = [
  {
    name: 'list',
    query: () => ({}),
    sql: 'SELECT * FROM recordings ORDER BY started_at DESC, id DESC LIMIT 50',
    values: () => ({}),
  },
  {
    name: 'number',
    query: callers,
    sql: 'SELECT * FROM recordings WHERE fingerprint = :party ORDER BY started_at DESC, id DESC LIMIT 50',
    values: callers,
  },
  {
    name: 'last digits',
    query: (turn) => ({ lastDigits: digits(turn) }),
    sql: 'SELECT * FROM recordings WHERE last4 = :digits ORDER BY started_at DESC, id DESC LIMIT 50',
    values: (turn) => ({ digits: digits(turn) }),
  },
  {
    name: 'month and filters',
    query: (turn) => ({
      from: `2026-${month(turn)}-01`,
      to: `2026-${month(turn)}-28`,
      line: line(turn),
      minSeconds: '600',
      maxSeconds: '3600',
    }),
    sql: `SELECT * FROM recordings WHERE started_at >= :since AND started_at < :before AND did = :line
      AND milliseconds BETWEEN 600000 AND 3600000 ORDER BY started_at DESC, id DESC LIMIT 50`,
    values: (turn) => ({
      since: `2026-${month(turn)}-01`,
      before: `2026-${next(turn)}-01`,
      line: line(turn),
    }),
  },
];

/** What the peers are asked: numbers as they keep them. */
export function peerValues(name: string, turn: number, deep: number): Record<string, string | number> {
  const own = {
    number: { number: `0612${digits(turn).slice(-2)}${digits(turn)}` },
    'last digits': { digits: digits(turn) },
    'month and filters': {
      since: `2026-${month(turn)}-01 00:00:00`,
      before: `2026-${month(turn)}-28 23:59:59`,
      line: line(turn).slice(1),
    },
    'deep page': { offset: deep + turn * 50 },
  };
  return (own as Record<string, Record<string, string | number>>)[name] ?? {};
}

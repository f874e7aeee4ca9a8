// Figures over the whole index, for the health page and the forecast of the disk.

import type { DatabaseSync } from 'node:sqlite';

export interface Figures {
  /** Bytes sealed on each day (UTC) from that one on. */
  bytesByDay(from: string): Map<string, number>;
  /** Bytes that are due on each day (UTC) before that one. */
  bytesDueByDay(before: string): Map<string, number>;
  /** What goes on each day (UTC) before that moment. */
  goingByDay(before: string): { day: string; recordings: number; bytes: number }[];
  /** How many were destroyed within a stretch of time (UTC ISO 8601), by reason. */
  destroyedBetween(since: string, before: string): Record<string, number>;
  /** How many captures held no audio. */
  emptyCaptures(): number;
  /** How many rows there are; `due` of them are to go at that moment (UTC ISO 8601). */
  count(now: string): { recordings: number; destroyed: number; due: number };
}

/** Statements for the figures. */
export function figuresOf(db: DatabaseSync): Figures {
  const sealed = db.prepare(
    'SELECT substr(started_at, 1, 10) AS day, sum(bytes) AS bytes FROM recordings WHERE started_at >= ? GROUP BY 1',
  );
  const due = db.prepare(
    "SELECT substr(goes_at, 1, 10) AS day, sum(bytes) AS bytes FROM recordings WHERE state <> 'destroyed' AND goes_at < ? GROUP BY 1",
  );
  const going = db.prepare(
    "SELECT substr(goes_at, 1, 10) AS day, count(*) AS recordings, sum(bytes) AS bytes FROM recordings WHERE state <> 'destroyed' AND goes_at < ? GROUP BY 1 ORDER BY 1",
  );
  const destroyed = db.prepare(
    'SELECT destroyed_reason AS reason, count(*) AS count FROM recordings WHERE destroyed_at >= ? AND destroyed_at < ? GROUP BY 1 ORDER BY 2 DESC, 1',
  );
  const counters = db.prepare('SELECT destroyed, rows FROM row_counts');
  const dueNow = db.prepare(
    "SELECT count(*) AS due FROM recordings WHERE state <> 'destroyed' AND goes_at <= ?",
  );
  const empty = db.prepare("SELECT count(*) AS count FROM calls WHERE reason = 'no-audio'");
  const byDay = (rows: Record<string, unknown>[]) =>
    new Map(rows.map(({ day, bytes }) => [String(day), Number(bytes)]));
  return {
    bytesByDay: (from) => byDay(sealed.all(from)),
    bytesDueByDay: (before) => byDay(due.all(before)),
    goingByDay: (before) => going.all(before) as { day: string; recordings: number; bytes: number }[],
    destroyedBetween: (since, before) =>
      Object.fromEntries(
        destroyed.all(since, before).map(({ reason, count }) => [String(reason), Number(count)]),
      ),
    emptyCaptures: () => Number(empty.get()?.count),
    count(now) {
      const rows = new Map(counters.all().map((row) => [row.destroyed, Number(row.rows)]));
      const [living = 0, destroyed = 0] = [rows.get(0), rows.get(1)];
      return { recordings: living + destroyed, destroyed, due: Number(dueNow.get(now)?.due) };
    },
  };
}

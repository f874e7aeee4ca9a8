// The live board as a supervisor's page has it: the stream, connected again after a loss as a browser does it.

import { request } from 'node:https';
import { createInterface } from 'node:readline';
import type { Board } from '../../src/board/schema.ts';
import type { LabInfo } from './lab.ts';

export interface WatchedBoard {
  /** The newest board; undefined before the first one, and after a loss until the next one. */
  now(): Board | undefined;
  /** How long after its arrival each call was first seen, in ms, in the order in which they were seen. */
  lags(): number[];
  close(): void;
}

/** How soon after a loss it connects again, as the stream asks for. */
const RETRY_MS = 2_000;

/** Watches the board of whoever these cookies belong to. */
export function watchBoard({ web }: LabInfo, cookie: string): WatchedBoard {
  const seen = new Map<string, number>();
  let board: Board | undefined;
  let closed = false;
  let again: NodeJS.Timeout | undefined;
  let asked = connect();

  function connect() {
    const headers = { cookie, accept: 'text/event-stream', origin: new URL(web).origin };
    // The lab's certificate is its own.
    const stream = request(new URL('/api/board/live', web), { headers, rejectUnauthorized: false });
    stream.on('response', (answer) => {
      answer.on('error', () => {});
      createInterface(answer)
        .on('error', () => {})
        .on('line', (line) => {
          if (line.startsWith('data: ')) take(JSON.parse(line.slice(6)) as Board);
        });
    });
    stream.on('error', () => {});
    stream.on('close', () => {
      board = undefined;
      if (closed) return;
      again = setTimeout(() => {
        asked = connect();
      }, RETRY_MS);
    });
    stream.end();
    return stream;
  }

  function take(fresh: Board): void {
    board = fresh;
    for (const { id, since } of fresh.calls) if (!seen.has(id)) seen.set(id, Date.now() - Date.parse(since));
  }

  return {
    now: () => board,
    lags: () => [...seen.values()],
    close() {
      closed = true;
      clearTimeout(again);
      asked.destroy();
    },
  };
}

// How far a long piece of work is: a bar that is drawn anew on a terminal, a line every few seconds anywhere else. On
// standard error, as everything that was not asked for.

const BAR = 24;
const DRAW_MS = 100;
const LINE_MS = 5_000;

export interface Progress {
  /** Says how many are done. */
  at(done: number): void;
  /** Takes the bar away. */
  end(): void;
}

/** What a progress is shown on. */
export type Screen = Pick<NodeJS.WriteStream, 'write' | 'isTTY'>;

/**
 * Shows how far some work is.
 * @param before how many were done by an earlier run, which says nothing of this one's speed
 */
export function showProgress(
  what: string,
  total: number,
  before = 0,
  screen: Screen = process.stderr,
  now: () => number = () => performance.now(),
): Progress {
  const startedAt = now();
  const pause = screen.isTTY ? DRAW_MS : LINE_MS;
  let shownAt = startedAt;
  return {
    at(done) {
      if (now() - shownAt < pause) return;
      shownAt = now();
      const told = pace(done, total, (done - before) / ((now() - startedAt) / 1000));
      if (screen.isTTY) screen.write(`\r\u001B[K${what} ${bar(done, total)} ${told}`);
      else screen.write(`greffier: ${what}: ${told}\n`);
    },
    end() {
      if (screen.isTTY) screen.write('\r\u001B[K');
    },
  };
}

function pace(done: number, total: number, perSecond: number): string {
  const left = perSecond > 0 ? `, ${span((total - done) / perSecond)} left` : '';
  return `${done} of ${total}, ${perSecond.toFixed(perSecond < 10 ? 1 : 0)} a second${left}`;
}

function bar(done: number, total: number): string {
  const full = total > 0 ? Math.min(BAR, Math.floor((done / total) * BAR)) : BAR;
  return `[${'#'.repeat(full)}${'.'.repeat(BAR - full)}]`;
}

function span(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(Math.max(0, seconds))} s`;
  if (seconds < 5_400) return `${Math.ceil(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}

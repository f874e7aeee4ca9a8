// Progress for a person or a log file: one line a step, with what it does, how far it is and how long it took.
// On a terminal passing news overwrites itself; elsewhere each piece of news is a line.

export interface Report {
  /** Something worth keeping on the screen. */
  line(text: string): void;
  /** Where the step is right now. */
  now(text: string): void;
}

/** Runs one step; what the work returns, if anything, is shown as its outcome. */
export type Step = (title: string, work: (report: Report) => Promise<string | undefined>) => Promise<void>;

/** Makes the step function of a command that has this many steps. */
export function steps(total: number, out: NodeJS.WriteStream = process.stdout): Step {
  let number = 0;
  return async (title, work) => {
    number += 1;
    const head = `[${number}/${total}] ${title} …`;
    const began = performance.now();
    const report = reporter(out);
    out.write(head);
    const outcome = await work(report);
    const tail = `${outcome ? `${outcome}, ` : ''}${seconds(began)}\n`;
    out.write(report.wroteLines() ? `      ${tail}` : ` ${tail}`);
  };
}

/** Time since a moment of performance.now(), as "44 s" or "3 min 05 s". */
export function seconds(began: number): string {
  const elapsed = Math.round((performance.now() - began) / 100) / 10;
  if (elapsed < 10) return `${elapsed.toFixed(1)} s`;
  if (elapsed < 60) return `${Math.round(elapsed)} s`;
  return `${Math.floor(elapsed / 60)} min ${String(Math.round(elapsed % 60)).padStart(2, '0')} s`;
}

function reporter(out: NodeJS.WriteStream): Report & { wroteLines(): boolean } {
  let lines = 0;
  const line = (text: string) => {
    out.write(`${lines === 0 ? '\n' : ''}${out.isTTY ? '\r\x1b[K' : ''}      ${text}\n`);
    lines += 1;
  };
  const now = (text: string) => {
    if (!out.isTTY) return line(text);
    out.write(`${lines === 0 ? '\n' : ''}\r\x1b[K      ${text.slice(0, (out.columns ?? 80) - 8)}\r`);
    lines += 1;
  };
  return { line, now, wroteLines: () => lines > 0 };
}

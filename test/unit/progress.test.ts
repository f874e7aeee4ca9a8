// How far a long command is: a bar where somebody looks, lines where a log is written.

import { test } from 'tap';
import { showProgress } from '../../src/cli/progress.ts';

function screen(isTTY: boolean) {
  const written: string[] = [];
  return { isTTY, written, write: (text: unknown) => written.push(String(text)) > 0 } as never as {
    isTTY: boolean;
    written: string[];
    write: NodeJS.WriteStream['write'];
  };
}

test('a terminal shows a bar with done, total, rate and time left, and it goes at the end', async (t) => {
  const terminal = screen(true);
  let now = 0;
  const progress = showProgress('checking', 1000, 0, terminal, () => now);
  now = 50;
  progress.at(10);
  t.same(terminal.written, [], 'not more often than the eye follows');
  now = 10_000;
  progress.at(250);
  t.match(terminal.written[0], 'checking [######..................] 250 of 1000, 25 a second, 30 s left');
  progress.end();
  t.equal(terminal.written.at(-1), '\r\u001B[K');
});

test('elsewhere it is a line every five seconds', async (t) => {
  const log = screen(false);
  let now = 0;
  const progress = showProgress('rebuilding', 100_000, 40_000, log, () => now);
  for (; now <= 12_000; now += 1_000) progress.at(40_000 + now / 100);
  progress.end();
  t.same(log.written, [
    'greffier: rebuilding: 40050 of 100000, 10 a second, 1.7 h left\n',
    'greffier: rebuilding: 40100 of 100000, 10 a second, 1.7 h left\n',
  ]);
});

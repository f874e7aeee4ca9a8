// A check of a large vault may be killed at any moment, misses nothing, and needs no more memory for many recordings than
// for few.

import { join } from 'node:path';
import { execa } from 'execa';
import { test } from 'tap';
import { flip } from '../unit/support/evidence.ts';
import { fillVault, openCheckedStore, placeOf } from '../unit/support/vault.ts';
import { makeKey } from '../unit/support/world.ts';

const recovery = await makeKey();
const MANY = 1_200;
const PROCESS = join(import.meta.dirname, '..', 'unit', 'support', 'check-process.ts');

/** Runs the check as a process; kills it for good when so many lines have been printed. */
async function check(root: string, killAfter = Number.POSITIVE_INFINITY) {
  const running = execa(process.execPath, ['--expose-gc', PROCESS, root], { reject: false, buffer: false });
  const lines: string[] = [];
  for await (const line of running.iterable({ from: 'stdout' })) {
    lines.push(line);
    if (lines.length === killAfter) running.kill('SIGKILL');
  }
  const { exitCode } = await running;
  const of = (word: string) =>
    lines.flatMap((line) => (line.startsWith(`${word} `) ? [line.split(' ')[1] ?? ''] : []));
  const heap =
    lines
      .find((line) => line.startsWith('heap '))
      ?.split(' ')
      .slice(1)
      .map(Number) ?? [];
  return { exitCode, recordings: of('recording'), found: of('found'), heap };
}

test('a check that was killed twice goes on where it was, misses nothing, and memory stays flat', {
  timeout: 240_000,
}, async (t) => {
  const store = await openCheckedStore(t);
  const ids = await fillVault(t, store, recovery, MANY);
  const whole = await check(store.root);
  t.equal(whole.exitCode, 0);
  t.same(whole.recordings.toSorted(), ids);
  const [early = 0, late = 0] = [whole.heap[1], whole.heap.at(-1)];
  t.ok(whole.heap.length >= 4 && late < early + 2_000_000, `heap at every 500: ${whole.heap.join(' ')}`);
  // One bad recording before the first kill, one after the last.
  const [first = '', last = ''] = [whole.recordings[20], whole.recordings.at(-20)];
  for (const id of [first, last]) await flip(join(await placeOf(store, id), 'body.pgp'));

  const runs = [await check(store.root, 450), await check(store.root, 450), await check(store.root)];
  t.same(
    runs.map(({ exitCode }) => exitCode),
    [undefined, undefined, 0],
    'killed, killed, ended',
  );
  const seen = runs.map(({ recordings }) => recordings);
  t.same([...new Set(seen.flat())].sort(), ids, 'nothing is missed');
  t.ok(seen.flat().length <= MANY + 2 * 100, `${seen.flat().length}: little is looked at twice`);
  t.same(
    runs[2]?.found.toSorted(),
    [first, last].sort(),
    'what was found before the kill is told at the end',
  );
  t.equal(
    (await check(store.root, 50)).recordings[0],
    whole.recordings[0],
    'once it has ended, the next begins anew',
  );
});

// A check of a large vault may be ended at any moment, goes on where it was, misses nothing, and needs no more memory
// for many recordings than for few.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { execa } from 'execa';
import { test } from 'tap';
import { checkFiles } from '../../src/vault/check-files.ts';
import { checkVault } from '../../src/vault-check.ts';
import { flip } from './support/evidence.ts';
import { isThere } from './support/store.ts';
import { fillVault, openCheckedStore, placeOf } from './support/vault.ts';
import { codeOf, makeKey } from './support/world.ts';

const recovery = await makeKey();
const MANY = 1_500;
const PROCESS = join(import.meta.dirname, 'support', 'check-process.ts');

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
  t.ok(whole.heap.length >= 6 && late < early + 2_000_000, `heap at every 500: ${whole.heap.join(' ')}`);
  // One bad recording before the first kill, one after the last.
  const [first = '', last = ''] = [whole.recordings[20], whole.recordings.at(-20)];
  for (const id of [first, last]) await flip(join(await placeOf(store, id), 'body.pgp'));

  const runs = [await check(store.root, 500), await check(store.root, 500), await check(store.root)];
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

test('Ctrl-C on a terminal ends the command in good order, and the next one says where it goes on', async (t) => {
  const store = await openCheckedStore(t);
  await fillVault(t, store, recovery, 600);
  const start = () =>
    execa(process.execPath, [PROCESS, store.root, 'command'], { reject: false, detached: true });
  const running = start();
  // In a group of its own, as a terminal has it: the holder of the lock gets the signal too.
  while (!(await isThere(join(store.root, 'checks', 'vault-position.json')))) await delay(20);
  process.kill(-(running.pid ?? 0), 'SIGINT');
  const { exitCode, stderr } = await running;
  t.equal(exitCode, 130, stderr);
  t.match(stderr, 'greffier: hint: greffier vault check goes on from there');
  const next = await start();
  t.match(next.stderr, /^greffier: going on after [1-9]\d+ of 1200$/m);
  t.match(
    [next.exitCode, next.stdout],
    [0, '600 of 600 recordings, 0 tombstones, 600 call records; 0 damaged'],
  );
});

test('what is stopped keeps its place; --restart begins anew', async (t) => {
  const store = await openCheckedStore(t);
  const ids = await fillVault(t, store, recovery, 12);
  const seen: string[] = [];
  const attempt = (after: number, options: { restart?: boolean } = {}) => {
    const stopping = new AbortController();
    let count = 0;
    return checkVault(store, {
      ...options,
      signal: stopping.signal,
      step({ kind, id }) {
        count += 1;
        if (kind === 'recording') seen.push(id);
        if (count === after) stopping.abort();
      },
    });
  };
  t.equal(await codeOf(() => attempt(5)), 'check-interrupted');
  t.equal(await codeOf(() => attempt(4)), 'check-interrupted');
  t.equal((await attempt(99)).summary.checked, 12);
  t.same(seen.toSorted(), ids, 'each was looked at once');
  t.equal(await codeOf(() => attempt(5)), 'check-interrupted');
  seen.length = 0;
  t.equal((await attempt(99, { restart: true })).summary.checked, 12);
  t.equal(seen.length, 12);
});

test('a sample looks at its share of the recordings, and goes on with the same share', async (t) => {
  const store = await openCheckedStore(t);
  await fillVault(t, store, recovery, 200);
  const { summary } = await checkVault(store, { sample: 25 });
  t.match(summary, { recordings: 200, calls: 200, sample: 25 });
  t.ok(summary.checked > 25 && summary.checked < 75, `${summary.checked} of 200`);
  const signal = AbortSignal.abort();
  t.equal(await codeOf(() => checkVault(store, { sample: 25, signal })), 'check-interrupted');
  t.equal(await codeOf(() => checkVault(store, { sample: 30 })), 'other-sample');
  t.equal((await checkVault(store)).summary.sample, 25);
  t.equal((await checkVault(store)).summary.sample, 100, 'the next one looks at all');
});

test('two checks do not run at once', async (t) => {
  const store = await openCheckedStore(t);
  await fillVault(t, store, recovery, 2);
  let second: Promise<string> | undefined;
  await checkVault(store, {
    async step() {
      second ??= codeOf(() => checkVault(store));
      await second;
    },
  });
  t.equal(await second, 'busy');
});

test('a place that another version has written is not gone on from', async (t) => {
  const store = await openCheckedStore(t);
  await fillVault(t, store, recovery, 3);
  const files = checkFiles(store.config.state.checks);
  await files.prepare();
  await writeFile(join(store.config.state.checks, 'vault-position.json'), '{"format":"of old","after":"~"}');
  t.equal((await checkVault(store)).summary.checked, 3);
});

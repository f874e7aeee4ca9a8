// A check of the vault may be interrupted, and goes on where it was.

import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { execa } from 'execa';
import { test } from 'tap';
import { checkVault } from '../../src/upkeep/vault-check.ts';
import { checkFiles } from '../../src/vault/check-files.ts';
import { flip } from '../unit/support/evidence.ts';
import { isThere } from '../unit/support/store.ts';
import { fillVault, openCheckedStore, placeOf } from '../unit/support/vault.ts';
import { codeOf, makeKey } from '../unit/support/world.ts';

const recovery = await makeKey();
const PROCESS = join(import.meta.dirname, '..', 'unit', 'support', 'check-process.ts');

test('Ctrl-C on a terminal ends the command in good order, and the next one says where it goes on', async (t) => {
  const store = await openCheckedStore(t);
  await fillVault(t, store, recovery, 250);
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
  t.match(next.stderr, /^greffier: going on after [1-9]\d+ of 500$/m);
  t.match(
    [next.exitCode, next.stdout],
    [0, '250 of 250 recordings, 0 tombstones, 250 call records; 0 damaged'],
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
  await fillVault(t, store, recovery, 120);
  const { summary } = await checkVault(store, { sample: 25 });
  t.match(summary, { recordings: 120, calls: 120, sample: 25 });
  t.ok(summary.checked > 10 && summary.checked < 55, `${summary.checked} of 120`);
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

test('a finding that a power cut left in half takes no other with it', async (t) => {
  const store = await openCheckedStore(t);
  const ids = await fillVault(t, store, recovery, 3);
  for (const id of ids) await flip(join(await placeOf(store, id), 'body.pgp'));
  const stopping = new AbortController();
  const step = () => stopping.abort();
  t.equal(await codeOf(() => checkVault(store, { step, signal: stopping.signal })), 'check-interrupted');
  await appendFile(join(store.config.state.checks, 'vault-findings.jsonl'), '{"kind":"reco');
  t.same((await checkVault(store)).findings.map(({ id }) => id).sort(), ids);
});

// Many recordings that are due on the same day: destroyed each with its receipt, in memory that does not grow, though the
// process is killed in the middle. It needs no telephone: real files, a real index, a real key.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { openCatalogue } from '../../src/catalogue/catalogue.ts';
import { openVault } from '../../src/vault/vault.ts';
import { asDaemon } from '../support/as-daemon.ts';
import type { Campaign } from './campaign.ts';

const CHILD = join(import.meta.dirname, 'purge-child.ts');
const MEGABYTE = 1 << 20;
/** What a sweep may take more than after its first hundred: what the engine leaves lying, a plateau of some 30 MB. */
const GROWTH = 60 * MEGABYTE;

interface Swept {
  destroyed: number;
  failures: number;
  seconds: number;
  /** Resident memory in bytes: after the first hundred, and at most. */
  memory: { early: number; most: number };
}

export const purgeMany: Campaign = {
  id: 'purge-many',
  name: 'all that is due at once is destroyed once, in flat memory, though it is killed in between',
  unit: 'recordings',
  sizes: { small: [300], full: [100_000] },
  async run(t, _lab, size, tell) {
    const root = await mkdtemp(join(tmpdir(), 'purge-'));
    try {
      await child(root, 'make', size);
      tell(`${size} are made`);
      const killed = await child(root, 'sweep', Math.floor(size / 3), false);
      t.equal(killed.signal, 'SIGKILL', 'it was killed in the middle');
      const { stdout } = await child(root, 'sweep', 0);
      const last = JSON.parse(stdout.split('\n').at(-1) ?? '') as Swept;
      t.equal(last.failures, 0, 'nothing failed');
      const vault = await openVault(join(root, 'vault'));
      const [left, graves] = [await counted(vault.recordings()), await counted(vault.buried())];
      t.same([left, graves], [0, size], 'each has its receipt, and nothing is left');
      const catalogue = await openCatalogue(join(root, 'catalogue'));
      t.equal(catalogue.count('2026-12-31T00:00:00.000Z').destroyed, size, 'the index knows it');
      catalogue.close();
      const { early, most } = last.memory;
      t.ok(most - early < GROWTH, `${Math.round((most - early) / MEGABYTE)} MB grown`);
      const rate = Math.round(last.destroyed / last.seconds);
      return `${last.destroyed} after the kill, ${rate} a second, ${Math.round(most / MEGABYTE)} MB at most`;
    } finally {
      await rm(root, { recursive: true, force: true });
    }
  },
};

async function child(root: string, verb: string, count: number, reject = true) {
  const { options, env } = await asDaemon();
  return execa(process.execPath, [...options, CHILD, root, verb, String(count)], { reject, env });
}

async function counted(all: AsyncIterable<unknown>): Promise<number> {
  let count = 0;
  for await (const _ of all) count += 1;
  return count;
}

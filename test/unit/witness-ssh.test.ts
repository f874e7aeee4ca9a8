// A witness on another machine: a real sshd, and greffier-offline as its forced command. It judges by itself.

import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Test, test } from 'tap';
import { startSshd } from './support/sshd.ts';
import { offlineTool } from './support/peers.ts';
import { WENT_WELL, type WitnessWorld, witnessWorld } from './support/witness.ts';
import { ownFolder } from './support/world.ts';

/** One sshd and one bundle for the whole file: each test has a store and a box of its own. */
const shared = { teardown: (work: () => unknown) => after.push(work) };
const after: (() => unknown)[] = [];
const offline = await offlineTool(shared as unknown as Test);
const sshd = await startSshd(shared);

test('whoever runs the program as a forced command', async (t) => {
  t.teardown(async () => {
    for (const work of after.reverse()) await work();
  });

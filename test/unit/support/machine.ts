// The other machine: the store of a witness, and the program that answers for it.

import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Test } from 'tap';
import type { WitnessConfig } from '../../../src/config/witnesses.ts';
import { formatOf, logOf } from '../../../src/log-for-witnesses.ts';
import { answer, statusOf } from '../../../src/offline/witness.ts';
import { beginStore } from '../../../src/offline/witness-store.ts';
import { lineOf } from '../../../src/witness/lines.ts';
import { type WitnessWorld, witnessWorld } from './witness.ts';
import { ownFolder } from './world.ts';

export type Machine = Awaited<ReturnType<typeof machineOf>>;

/** A box with these witnesses, and a store that has its key pinned. */
export async function machineOf(t: Test, witnesses: WitnessConfig[] = []) {
  const w = await witnessWorld(t, witnesses);
  const store = join(await ownFolder(t), 'store');
  await writeFile(w.at('appliance.asc'), w.appliance.signer.publicKey);
  t.equal(await beginStore(store, w.at('appliance.asc')), w.appliance.signer.fingerprint);
  return {
    ...w,
    store,
    kept: async () => (await readdir(join(store, 'checkpoints'))).sort(),
    status: () => statusOf(store),
    /** What the witness answers to one line. */
    async say(line: string) {
      return (await heard(store, line))[1] ?? {};
    },
  };
}

/** Everything that the witness says to a box that says these lines and hangs up. */
export async function heard(store: string, lines: string): Promise<Record<string, unknown>[]> {
  const said: Record<string, unknown>[] = [];
  const input = Readable.from(lines ? [Buffer.from(lines)] : []);
  await answer(store, input, (line) => void said.push(JSON.parse(line)));
  return said;
}

/** What a box offers that has no scruples: its log as it is, with the best proof it can make. */
export async function offerOf({ appliance }: WitnessWorld, heldSize: number): Promise<string> {
  const log = logOf(appliance);
  const signed = await log.checkpoint();
  const { size } = (await formatOf(appliance.signer.publicKey)).read(signed.text);
  const proof = heldSize > 0 && heldSize < size ? await log.consistency(heldSize, size) : null;
  return lineOf({ ...signed, proof });
}

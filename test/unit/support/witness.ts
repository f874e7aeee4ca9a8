// An appliance with a log and witnesses, and what somebody may do to the log who holds everything of the appliance, its
// signing key too.

import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import type { Test } from 'tap';
import { openAlarms } from '../../../src/alarms/alarms.ts';
import { type AuditJournal, openAudit } from '../../../src/audit/journal.ts';
import type { WitnessConfig } from '../../../src/config/witnesses.ts';
import { makeSigningKey, openSigner } from '../../../src/keys/signing.ts';
import { createLogger } from '../../../src/shared/logger.ts';
import { recall } from '../../../src/witness/memory.ts';
import { createWitnesses, type WitnessParts } from '../../../src/witnesses.ts';
import { codeOf, handClock, ownFolder } from './world.ts';

export type WitnessWorld = Awaited<ReturnType<typeof witnessWorld>>;

/** Opens an appliance of that name with ten lines in its log. */
export async function witnessWorld(
  t: Pick<Test, 'teardown'>,
  witnesses: WitnessConfig[],
  name = 'Démonstration',
) {
  const root = await ownFolder(t);
  const at = (...names: string[]) => join(root, ...names);
  const clock = handClock('2026-11-22T08:00:00Z');
  await makeSigningKey(at('keys'), name);
  let logs = 0;
  let folder = at('log-0');
  const signer = await openSigner(at('keys'));
  const open = () => openAudit(folder, clock, { origin: name, sign: signer.sign });
  const parts = {
    clock,
    log: createLogger('silent'),
    signer,
    audit: await open(),
    alarms: await openAlarms(at('alarms'), clock, createLogger('silent')),
    config: { site: { name, language: 'fr' }, state: { witnesses: at('witnesses') }, witnesses },
  };
  /** Another log in the place of this one: the copy of an old one, or of none. */
  async function become(from: string | undefined): Promise<void> {
    logs += 1;
    folder = at(`log-${logs}`);
    if (from) await cp(from, folder, { recursive: true });
    parts.audit = await open();
  }
  const world = {
    root,
    at,
    clock,
    appliance: parts as unknown as WitnessParts & { audit: AuditJournal },
    /** Adds lines to the log. */
    async grow(count: number, actor = 'marie') {
      const line = { actor, action: 'play', reason: 'a complaint' };
      await parts.audit.writeAll(Array.from({ length: count }, () => line));
    },
    /** Takes a copy of the log; what it gives puts the log back to what it is now. */
    async snapshot() {
      const kept = at(`kept-${logs}-${(await parts.audit.lines()).length}`);
      await cp(folder, kept, { recursive: true });
      return () => become(kept);
    },
    /** A log of that many lines that never were, signed by the appliance's own key. */
    async rewrite(count: number) {
      await become(undefined);
      await world.grow(count, 'nobody');
    },
    /** Witnesses as after a start of the daemon: nothing is known but what is on disk. */
    witnesses: () => createWitnesses(world.appliance),
    /** Tells a witness; returns the code of what went wrong. */
    push: (id: string) => codeOf(() => world.witnesses().push(world.witness(id))),
    witness: (id: string) => witnesses.find((one) => one.id === id) ?? neverHeardOf(id),
    memory: async (id: string) => (await recall(at('witnesses'), id)) ?? neverHeardOf(id),
    alarms: async () => (await parts.alarms.latest(50)).map(({ code }) => code).reverse(),
  };
  await world.grow(10);
  return world;
}

export const WENT_WELL = 'nothing was thrown';

function neverHeardOf(id: string): never {
  throw new Error(`no witness ${id}`);
}

// At the start, once the vault is there: the index is filled when it is new, and what a power cut left is taken on. A
// vault that is missing stops no call: recordings wait in the spool, and it is looked for again.

import { setTimeout as delay } from 'node:timers/promises';
import type { Appliance } from '../appliance.ts';
import { recoverIncoming } from '../call-path/power-cut.ts';
import { rebuildCatalogue } from '../catalogue-rows.ts';
import { noteHolds } from '../legal-holds.ts';
import { reasonOf } from '../shared/errors.ts';

const LOOK_MS = 5_000;

/** Does so at once, or in the background when the vault is missing. */
export async function beginWithVault(appliance: Appliance, signal: AbortSignal): Promise<void> {
  const { vault, alarms } = appliance;
  if (await vault.present()) return takeOn(appliance);
  const missing = 'the vault is not there: calls go on, recordings wait in memory';
  await alarms.raise('vault.missing', missing);
  void waitFor(appliance, signal).catch((error) =>
    alarms.raise('vault.missing', `the vault cannot be used: ${reasonOf(error)}`),
  );
}

async function waitFor(appliance: Appliance, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await delay(LOOK_MS);
    if (!(await appliance.vault.present())) continue;
    appliance.log.info('the vault is there again');
    return takeOn(appliance);
  }
}

async function takeOn(appliance: Appliance): Promise<void> {
  const { vault, catalogue, alarms, log } = appliance;
  if (catalogue.stale) {
    const unreadable = (id: string, reason: string) => alarms.raise('vault.unreadable', reason, id);
    const recordings = await rebuildCatalogue(vault, catalogue, unreadable);
    await noteHolds(appliance);
    log.info({ recordings }, 'catalogue rebuilt from the vault');
  }
  await recoverIncoming(appliance);
}

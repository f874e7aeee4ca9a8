// Destruction before the day, because the law wants it: bank data captured by mistake (C17), a contract whose other proof
// was received (C18), a late objection, an erasure (RGPD art. 17). Two people have decided it (four-eyes.ts).

import type { Appliance } from './appliance.ts';
import { createDestruction, dueRecording } from './destruction.ts';
import { insistMayGo } from './destruction-guard.ts';
import { sweep } from './purge/sweep.ts';
import type { Tombstone } from './purge/tombstone.ts';
import { recordingNotFound } from './sealed-recording.ts';
import { readManifest } from './sealing/manifest.ts';
import { isCallId } from './shared/call-id.ts';
import { GreffierError } from './shared/errors.ts';

/** Why a recording may go before its day; the word stands in its tombstone. */
export const EARLY_REASONS = ['pci', 'other_proof', 'objection', 'erasure'] as const;
export type EarlyReason = (typeof EARLY_REASONS)[number];

/**
 * Checks that a recording may go, before it is asked for. Throws `recording-not-found`, `recording-destroyed`,
 * `not-a-contract`, `recording-held`, `recording-locked`.
 */
export async function checkEarly(appliance: Appliance, id: string, reason: EarlyReason): Promise<void> {
  const row = isCallId(id) ? appliance.catalogue.recording(id) : undefined;
  if (!row) throw recordingNotFound(id);
  if (row.state === 'destroyed')
    throw new GreffierError('recording-destroyed', `recording ${id} was destroyed before`, { status: 410 });
  const purpose = reason === 'other_proof' ? await signedPurpose(appliance, row) : 'contract';
  if (purpose !== 'contract')
    throw new GreffierError(
      'not-a-contract',
      `recording ${id} is kept for purpose ${purpose}, not as a proof`,
      {
        hint: 'other_proof is for recordings of purpose contract (C18)',
        status: 409,
      },
    );
  await insistMayGo(appliance, earlyOf(row), (await appliance.time.now()).at);
}

/**
 * Destroys one recording at once, in the order of the purge. Throws what checkEarly throws, or `destruction-failed`; then
 * it is tried again by asking again.
 */
export async function destroyEarly(appliance: Appliance, id: string, reason: EarlyReason): Promise<void> {
  await checkEarly(appliance, id, reason);
  const row = appliance.catalogue.recording(id);
  if (!row) throw recordingNotFound(id);
  const one = [earlyOf(row)];
  const destruction = { ...createDestruction(appliance), due: () => one.splice(0) };
  const { failed, destroyed } = await sweep(destruction, (await appliance.time.now()).at, { reason });
  if (failed[0]) throw new GreffierError('destruction-failed', `${id}: ${failed[0].reason}`);
  // Somebody was faster: a hold, or another order to destroy it.
  if (destroyed === 0) await checkEarly(appliance, id, reason);
}

/** By what was signed, not by the index; once it is being destroyed, the tombstone says it. */
async function signedPurpose({ vault }: Appliance, { id, day, purpose }: Row): Promise<string> {
  const manifest = await vault.read(id, new Date(day), 'manifest');
  if (manifest) return readManifest(manifest).purpose;
  const grave = await vault.tombstone(id, new Date(day));
  return grave ? (JSON.parse(grave) as Tombstone).purpose : purpose;
}

type Row = NonNullable<ReturnType<Appliance['catalogue']['recording']>>;
const earlyOf = (row: Row) => dueRecording({ ...row, goes_at: row.due_at });

// A vault from a backup. In this order, so that no moment is worse than the one before:
//
//   tombstones → holds → recordings → records of calls → (by the caller) the catalogue
//
// Nothing that has a tombstone comes back, and nothing that is there is overwritten: the vault's own files are newer than
// any backup. What is damaged, and what has no header in the set, is reported and left out. Doing it again does the rest.

import type { Appliance } from './appliance.ts';
import { type Bodies, bodiesOn } from './backup/bodies.ts';
import { addMissing } from './backup/mirror.ts';
import { streamOfSet } from './backup/sets.ts';
import { untar } from './backup/tar.ts';
import { openTarget, type Target } from './backup/target.ts';
import { isOpen, rotations } from './keys/rotation-file.ts';
import { type BackedUpHeader, restoreRecording } from './restoring-recording.ts';
import { replayTombstones, restoreCalls, restoreHolds } from './restoring-records.ts';
import { chooseSet } from './restoring-set.ts';
import { isCallId } from './shared/call-id.ts';
import { GreffierError, reasonOf } from './shared/errors.ts';
import { verifier, type WhyBad } from './signatures.ts';

export type Restored = Pick<Appliance, 'vault' | 'audit' | 'signer' | 'clock' | 'config'>;

export interface RestoreOptions {
  /** Who asked for it. */
  by: string;
  /** Says what would be done, and writes nothing. */
  dryRun?: boolean;
  /** Another set than the newest. */
  set?: string;
  /** A folder with later tombstones: another target, or the vault that was lost. */
  tombstones?: string;
  /** Armored public key that the backup was signed with, when it is not this appliance's. */
  signingKey?: string;
  signal?: AbortSignal;
  begun?: (total: number) => void;
  step?: (done: number) => void;
}

export interface RestoreReport {
  set: string;
  /** Recordings that came back, or would; and those that were there before. */
  restored: number;
  kept: number;
  /** Recordings that have a tombstone: they stay destroyed. */
  destroyed: number;
  /** Bodies without a header in the set: they open with nothing. */
  withoutHeader: string[];
  failed: { id: string; reason: string }[];
  tombstones: number;
  holds: number;
  calls: number;
}

/** What every step of it is handed. */
export interface Restoring {
  appliance: Restored;
  target: Target;
  bodies: Bodies;
  whyBad: WhyBad;
  dryRun: boolean;
  /** Whether a rotation is under way here, which has to be able to go back. */
  rotating: boolean;
  /** Ids of all that has a tombstone. */
  buried: Set<string>;
  report: RestoreReport;
}

const HEADER = /^(\d{4})\/(\d\d)\/(\d\d)\/([^/]+)\/header(\.previous)?\.pgp$/;

/**
 * Restores the target in a folder into the vault.
 * Throws `backup-missing`, `no-set`, `old-set`, `bad-set`, `foreign-backup`, `no-tombstones`, `tombstones-missing`, `vault-missing`,
 * and `audit-unavailable`; then no recording has come back.
 */
export async function restore(
  appliance: Restored,
  folder: string,
  { dryRun = false, ...options }: RestoreOptions,
): Promise<RestoreReport> {
  const { vault, signer, audit, clock, config } = appliance;
  const target = await openTarget(folder);
  if (!(await vault.present()))
    throw new GreffierError('vault-missing', 'the vault is not there: nothing can be restored', {
      status: 503,
    });
  const whyBad = await verifier(options.signingKey ?? signer.publicKey);
  const { name, statement } = await chooseSet(target, whyBad, clock(), options.set);
  if (!dryRun)
    await audit.write({ actor: options.by, action: 'restore', subject: target.id, reason: `set ${name}` });
  const parts: Restoring = {
    ...{ appliance, target, whyBad, dryRun },
    bodies: bodiesOn(target),
    rotating: isOpen(await rotations(config.state.keys).last()),
    buried: new Set(),
    report: blank(name),
  };
  for (const graves of options.tombstones ? [folder, options.tombstones] : [folder])
    await replayTombstones(parts, graves);
  insistOnTombstones(parts, statement.tombstones);
  await restoreHolds(parts, streamOfSet(target, name, 'holds.tar'));
  if (!dryRun) await addMissing(folder, appliance.config.state.vault, 'reencrypted', async () => {});
  options.begun?.(statement.headers);
  await restoreRecordings(parts, headersOf(target, name), options);
  await restoreCalls(parts, streamOfSet(target, name, 'calls.tar'));
  return parts.report;
}

/** Whoever took a tombstone away from a target wants a recording back that has to stay destroyed. */
function insistOnTombstones({ buried }: Restoring, expected: number): void {
  if (buried.size >= expected) return;
  throw new GreffierError(
    'tombstones-missing',
    `the backup had ${expected} tombstones when it was made, and there are ${buried.size}`,
    { hint: 'give a folder that has the others: --tombstones FOLDER' },
  );
}

async function restoreRecordings(
  parts: Restoring,
  headers: AsyncIterable<BackedUpHeader>,
  { step, signal }: Pick<RestoreOptions, 'step' | 'signal'>,
): Promise<void> {
  const { appliance, bodies, buried, report } = parts;
  const seen = new Set<string>();
  for await (const one of headers) {
    if (signal?.aborted)
      throw new GreffierError('restore-interrupted', 'the restore was interrupted', {
        hint: 'started again, it does the rest',
      });
    seen.add(one.id);
    try {
      const isGone = buried.has(one.id) || (await appliance.vault.tombstone(one.id, one.day)) !== undefined;
      report[isGone ? 'destroyed' : await restoreRecording(parts, one)] += 1;
    } catch (error) {
      report.failed.push({ id: one.id, reason: reasonOf(error) });
    }
    step?.(seen.size);
  }
  for await (const { id, day } of bodies.all())
    if (!seen.has(id) && !buried.has(id) && !(await appliance.vault.has(id, day)))
      report.withoutHeader.push(id);
}

/** The headers of a set; one that a rotation keeps stands before the one in force. Throws `bad-archive`. */
export async function* headersOf(target: Target, set: string): AsyncGenerator<BackedUpHeader> {
  let previous: { id: string; content: Uint8Array } | undefined;
  for await (const { name, content } of untar(streamOfSet(target, set, 'headers.tar'))) {
    const [, year, month, date, id = '', isPrevious] = HEADER.exec(name) ?? [];
    if (!isCallId(id)) continue;
    const day = new Date(`${year}-${month}-${date}T00:00:00Z`);
    if (isPrevious) previous = { id, content };
    else yield { id, day, header: content, ...(previous?.id === id && { previous: previous.content }) };
  }
}

function blank(set: string): RestoreReport {
  const counts = { restored: 0, kept: 0, destroyed: 0, tombstones: 0, holds: 0, calls: 0 };
  return { set, ...counts, withoutHeader: [], failed: [] };
}

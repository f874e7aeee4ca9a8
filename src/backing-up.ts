// One run of a backup: bodies and headers apart, so that a destruction reaches the backups (C25). In this order:
//
//   tombstones → copies of what was destroyed go → bodies that are new → a whole set with all headers → old sets go
//
// Nothing counts before it is whole, and nothing old goes before the new is there: a run that is killed leaves a target
// that restores, and the next run does what is left to do.

import type { Appliance } from './appliance.ts';
import { copyNew, destroyGone, stillLost } from './backing-up-bodies.ts';
import { gravesOf, type IsBuried } from './backing-up-graves.ts';
import { backUpSet, destroyWithTrace } from './backing-up-set.ts';
import { type Bodies, bodiesOn } from './backup/bodies.ts';
import { addMissing, GROWING } from './backup/mirror.ts';
import { registerIn } from './backup/register.ts';
import { outdatedBy, setsOn } from './backup/sets.ts';
import { clearIncoming, openTarget, type Target } from './backup/target.ts';
import { GreffierError, reasonOf } from './shared/errors.ts';
import { whileLocked } from './shared/lock.ts';
import { verifier } from './signatures.ts';

export type BackedUp = Pick<Appliance, 'vault' | 'audit' | 'signer' | 'clock' | 'config'>;

export interface BackupOptions {
  /** Who asked for it: a login, or `system`. */
  by?: string;
  signal?: AbortSignal;
  /** Told how many recordings there are, and then after each that was looked at. */
  begun?: (total: number) => void;
  step?: (done: number) => void;
  /** Told before each step of the run. */
  reached?: (step: string) => void;
  /** Room that bodies leave for the sets. */
  reserveBytes?: number;
}

export interface BackupReport {
  target: string;
  set: string;
  /** Recordings whose body was copied, and was there before. */
  copied: number;
  kept: number;
  /** Copies that went because their recording was destroyed. */
  destroyed: number;
  /** Recordings that the target has, and of which the vault has neither files nor a tombstone. */
  lost: string[];
  failed: { id: string; reason: string }[];
  headers: number;
  holds: number;
  calls: number;
  /** Sets of earlier runs that were destroyed. */
  rotated: string[];
  /** What else was not done. */
  faults: string[];
}

export type Run = BackedUp & {
  target: Target;
  bodies: Bodies;
  isBuried: IsBuried;
  options: BackupOptions;
  report: BackupReport;
};

/**
 * Backs up onto the target in a folder. What cannot be copied is in the report and stops nothing else.
 * Throws `backup-missing`, `unknown-target`, `vault-missing`, `busy`, `backup-interrupted`, `audit-unavailable`, and
 * whatever a target throws on which no set can be written.
 */
export async function backUp(
  appliance: BackedUp,
  folder: string,
  options: BackupOptions = {},
): Promise<BackupReport> {
  const { audit, clock, config } = appliance;
  const register = registerIn(config.state.backups);
  await register.prepare();
  const target = await openTarget(folder);
  await register.insist(target.id);
  return whileLocked(register.lock, 0, async () => {
    const startedAt = clock().toISOString();
    await register.note(target.id, { folder, triedAt: startedAt });
    try {
      await audit.write({ actor: options.by ?? 'system', action: 'backup', subject: target.id });
      const report = await run({
        ...appliance,
        target,
        bodies: bodiesOn(target),
        isBuried: gravesOf(appliance, target, await verifier(appliance.signer.publicKey)),
        options,
        report: blank(target),
      });
      const fault = faultOf(report);
      const [rotatedAt, sets] = [clock().toISOString(), (await setsOn(target)).length];
      await register.note(target.id, {
        rotatedAt,
        sets,
        fault: fault ?? null,
        ...(!fault && { goodAt: startedAt }),
      });
      return report;
    } catch (error) {
      await register.note(target.id, { fault: reasonOf(error) });
      throw error;
    }
  });
}

/** Why a run has not done everything; undefined when it has. What the vault has lost is no fault of the backup. */
export function faultOf({ failed, faults }: BackupReport): string | undefined {
  const first =
    failed[0] && `${failed.length} recordings were not copied, the first because ${failed[0].reason}`;
  const all = [first, ...faults].filter((fault) => fault !== undefined);
  return all.length ? all.join('; ') : undefined;
}

async function run(parts: Run): Promise<BackupReport> {
  const { vault, config, target, options, report } = parts;
  const reached = options.reached ?? (() => {});
  if (!(await vault.present()))
    throw new GreffierError('vault-missing', 'the vault is not there: nothing is backed up', {
      hint: `mount its disk: findmnt ${config.state.vault}`,
      status: 503,
    });
  reached('clear');
  await clearIncoming(target);
  for (const path of GROWING) {
    reached(path);
    await addMissing(config.state.vault, target.folder, path, target.insist);
  }
  reached('destroy');
  await destroyGone(parts);
  reached('copy');
  const isFull = await copyNew(parts);
  reached('set');
  const at = await backUpSet(parts, reached);
  reached('rotate');
  report.rotated = await destroyWithTrace(parts, target, outdatedBy(at, await setsOn(target)));
  report.lost = await stillLost(parts);
  if (isFull) report.faults.push('the target is full: bodies were left out');
  return report;
}

function blank({ id }: Target): BackupReport {
  const counts = { copied: 0, kept: 0, destroyed: 0, headers: 0, holds: 0, calls: 0 };
  return { target: id, set: '', ...counts, lost: [], failed: [], rotated: [], faults: [] };
}

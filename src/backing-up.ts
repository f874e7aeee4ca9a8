// One run of a backup: bodies and headers apart, so that a destruction reaches the backups (C25). In this order:
//
//   tombstones → copies of what was destroyed go → bodies that are new → a whole set with all headers → old sets go
//
// Nothing counts before it is whole, and nothing old goes before the new is there: a run that is killed leaves a target
// that restores, and the next run does what is left to do.

import type { Appliance } from './appliance.ts';
import { backUpSet } from './backing-up-set.ts';
import { type Bodies, bodiesOn } from './backup/bodies.ts';
import { addMissing, GROWING } from './backup/mirror.ts';
import { registerIn } from './backup/register.ts';
import { rotateSets, setsOn } from './backup/sets.ts';
import { clearIncoming, openTarget, type Target } from './backup/target.ts';
import { readManifest } from './sealing/manifest.ts';
import { GreffierError, reasonOf } from './shared/errors.ts';
import { readIfThere } from './shared/files.ts';
import { whileLocked } from './shared/lock.ts';

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

type Run = BackedUp & { target: Target; bodies: Bodies; options: BackupOptions; report: BackupReport };

/** Rows of the audit log that are flushed at once. */
const BATCH = 200;
/** As in the vault, and for each header of a set what it takes. */
const RESERVE_BYTES = 64 << 20;
const RESERVE_PER_RECORDING = 2_048;

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
    await register.note(target.id, { folder, triedAt: startedAt, fault: 'it was interrupted' });
    try {
      await audit.write({ actor: options.by ?? 'system', action: 'backup', subject: target.id });
      const report = await run({
        ...appliance,
        target,
        bodies: bodiesOn(target),
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
  const reserve = await copyNew(parts);
  reached('set');
  const at = await backUpSet(parts, reached);
  reached('rotate');
  report.rotated = await rotateSets(target, at);
  report.lost = await stillLost(parts);
  if (reserve) report.faults.push('the target is full: bodies were left out');
  return report;
}

/** The copies of what was destroyed go at once; that they cannot be opened does not depend on it, but on the headers. */
async function destroyGone({ vault, audit, target, bodies, options, report }: Run): Promise<void> {
  let batch: { id: string; day: Date }[] = [];
  const flush = async () => {
    await audit.writeAll(
      batch.map(({ id }) => ({
        actor: 'system',
        action: 'backup-copy-destroyed',
        recording: id,
        subject: target.id,
      })),
    );
    for (const { id, day } of batch) {
      await target.insist();
      options.reached?.('destroy one');
      await bodies.destroy(id, day);
    }
    report.destroyed += batch.length;
    batch = [];
  };
  for await (const { id, day } of bodies.all()) {
    insistOnTime(options);
    if (await isBuried({ vault, target }, id, day)) batch.push({ id, day });
    else if (!(await vault.has(id, day))) report.lost.push(id);
    if (batch.length >= BATCH) await flush();
  }
  await flush();
}

/** One that was being encrypted again was away for a moment only. */
async function stillLost({ vault, bodies, report }: Run): Promise<string[]> {
  const missing = new Set(report.lost);
  if (missing.size === 0) return [];
  for await (const { id, day } of bodies.all())
    if (missing.has(id) && (await vault.has(id, day))) missing.delete(id);
  return [...missing];
}

/** Whether a recording has a tombstone, in the vault or on a target: one that is there is never taken for living. */
export async function isBuried(
  { vault, target }: Pick<Run, 'vault' | 'target'>,
  id: string,
  day: Date,
): Promise<boolean> {
  if ((await vault.tombstone(id, day)) !== undefined) return true;
  const [year = '', month = ''] = day.toISOString().split('-');
  return (await readIfThere(target.at('tombstones', year, month, `${id}.json`))) !== undefined;
}

/** Copies what is not there yet. Returns whether there was no room for all of it. */
async function copyNew(parts: Run): Promise<boolean> {
  const { vault, options, report } = parts;
  let [total, done, full] = [0, 0, false];
  for await (const _ of vault.recordings()) total += 1;
  options.begun?.(total);
  const reserve = options.reserveBytes ?? RESERVE_BYTES + total * RESERVE_PER_RECORDING;
  for await (const { id, day } of vault.recordings()) {
    insistOnTime(options);
    try {
      const outcome = await copyOne(parts, id, day, reserve);
      if (outcome === 'full') full = true;
      else if (outcome) report[outcome] += 1;
    } catch (error) {
      if (error instanceof GreffierError && error.code === 'backup-missing') throw error;
      report.failed.push({ id, reason: reasonOf(error) });
    }
    done += 1;
    options.step?.(done);
  }
  return full;
}

async function copyOne(
  parts: Run,
  id: string,
  day: Date,
  reserve: number,
): Promise<'copied' | 'kept' | 'full' | undefined> {
  const { vault, target, bodies, options } = parts;
  // What is being destroyed has no header any more, or its tombstone.
  if (await isBuried(parts, id, day)) return undefined;
  const read = (part: 'manifest' | 'signature' | 'details') => vault.read(id, day, part);
  const [manifest, signature, details] = await Promise.all([
    read('manifest'),
    read('signature'),
    read('details'),
  ]);
  if (!manifest || !signature || !details) {
    if (!(await vault.has(id, day))) return undefined;
    throw new GreffierError('incomplete', 'it is not whole in the vault: greffier vault check says more');
  }
  const sums = readManifest(manifest);
  if (await bodies.has(id, day, manifest, sums)) return 'kept';
  if ((await target.freeBytes()) < reserve + sums.body.bytes) return 'full';
  options.reached?.('copy one');
  const body = () => vault.stream(id, day, 'body');
  try {
    await bodies.put(id, day, { body, details, manifest, signature }, sums);
  } catch (error) {
    // Destroyed while it was copied.
    if (!(await vault.has(id, day))) return undefined;
    throw error;
  }
  return 'copied';
}

function insistOnTime({ signal }: BackupOptions): void {
  if (!signal?.aborted) return;
  throw new GreffierError('backup-interrupted', 'the backup was interrupted', {
    hint: 'greffier backup run goes on from there',
  });
}

function blank({ id }: Target): BackupReport {
  const counts = { copied: 0, kept: 0, destroyed: 0, headers: 0, holds: 0, calls: 0 };
  return { target: id, set: '', ...counts, lost: [], failed: [], rotated: [], faults: [] };
}

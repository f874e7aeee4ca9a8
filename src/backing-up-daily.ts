// The daemon's part: the daily run, and what of the backups a person has to mend. And which targets there are.

import { stat } from 'node:fs/promises';
import type { Appliance } from './appliance.ts';
import { type BackedUp, type BackupReport, backUp, faultOf } from './backing-up.ts';
import { destroyWithTrace } from './backing-up-set.ts';
import { type KnownTarget, registerIn } from './backup/register.ts';
import { isRunDue } from './backup/schedule.ts';
import { atTheBound, BOUND_MS, setsOn } from './backup/sets.ts';
import { beginTarget, openTarget } from './backup/target.ts';
import { GreffierError, reasonOf } from './shared/errors.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const OVERDUE_MS = 48 * HOUR_MS;

/** Looks each minute whether the daily run is due, and each hour whether something is wrong, until it is told to stop. */
export function backUpDaily(appliance: Appliance, signal: AbortSignal): void {
  let running = false;
  const run = async () => {
    if (running) return;
    running = true;
    try {
      await backUpWhenDue(appliance, signal);
    } finally {
      running = false;
    }
  };
  for (const [work, ms] of [
    [run, MINUTE_MS],
    [() => keepTheBound(appliance), HOUR_MS],
    [() => alarmAboutBackups(appliance), HOUR_MS],
  ] as const) {
    const look = () =>
      void work().catch((error) =>
        appliance.log.error({ reason: reasonOf(error) }, 'backups are not looked at'),
      );
    const timer = setInterval(look, ms);
    signal.addEventListener('abort', () => clearInterval(timer));
    look();
  }
}

/** Runs the daily backup when its time has come. Whatever goes wrong is the alarm `backup.failed`. */
export async function backUpWhenDue(appliance: Appliance, signal?: AbortSignal): Promise<void> {
  const { config, clock, alarms, log } = appliance;
  if (!config.backup) return;
  const { folder, at } = config.backup;
  const last = (await targetsOf(appliance)).find((one) => one.folder === folder);
  const { triedAt, goodAt } = last ?? { triedAt: null, goodAt: null };
  if (!isRunDue(clock(), { triedAt, goodAt }, at, config.site.timezone)) return;
  try {
    const report = await backUp(appliance, folder, signal ? { signal } : {});
    await alarmAboutRun(appliance, report);
    log.info({ copied: report.copied, headers: report.headers, set: report.set }, 'backed up');
  } catch (error) {
    if (signal?.aborted) return;
    await alarms.raise('backup.failed', `no backup was made: ${reasonOf(error)}`);
  }
}

async function alarmAboutRun({ alarms }: Pick<Appliance, 'alarms'>, report: BackupReport): Promise<void> {
  const fault = faultOf(report);
  if (fault !== undefined) await alarms.raise('backup.failed', `the backup is not whole: ${fault}`);
  if (report.lost.length > 0)
    await alarms.raise(
      'backup.lost',
      `the vault has lost ${report.lost.length} recordings that the backup has: restore them within six days`,
    );
}

/** Destroys the sets that would come to be seven days old: also when runs fail, or take longer on one day than on another. */
export async function keepTheBound(appliance: Appliance): Promise<void> {
  for (const { id, folder } of await targetsOf(appliance)) {
    const target = await openTarget(folder).catch(() => undefined);
    if (target?.id !== id) continue;
    await destroyWithTrace(appliance, target, atTheBound(appliance.clock(), await setsOn(target)));
  }
}

/** Raises `backup.overdue` and `backup.headers-old`. */
export async function alarmAboutBackups(appliance: Appliance): Promise<void> {
  const { alarms, clock, config } = appliance;
  const now = clock().getTime();
  const age = (moment: string) => now - new Date(moment).getTime();
  for (const { folder, since, goodAt, rotatedAt, sets } of await targetsOf(appliance)) {
    if (folder === config.backup?.folder && age(goodAt ?? since) > OVERDUE_MS)
      await alarms.raise('backup.overdue', `no backup was whole since ${(goodAt ?? since).slice(0, 10)}`);
    if (sets > 0 && rotatedAt !== null && age(rotatedAt) > BOUND_MS)
      await alarms.raise(
        'backup.headers-old',
        `the backup in ${folder} has headers of ${rotatedAt.slice(0, 10)}: some may be of recordings that were destroyed`,
      );
  }
}

/** All targets, with how the last run on each ended. */
export function targetsOf({ config }: Pick<Appliance, 'config'>): Promise<KnownTarget[]> {
  return registerIn(config.state.backups).all();
}

/** What the health page says: of the target of the daily run, or the only one; null when there is none. */
export async function backupInBrief(appliance: Pick<Appliance, 'config'>) {
  const all = await targetsOf(appliance);
  const one = all.find(({ folder }) => folder === appliance.config.backup?.folder) ?? all[0];
  return one
    ? { lastAt: one.goodAt, ok: one.goodAt !== null && one.fault === null, headersSets: one.sets }
    : null;
}

/** Makes a folder a target of this appliance, or takes on one that is a target. Throws what `beginTarget` throws. */
export async function addTarget(
  { audit, clock, config }: BackedUp,
  folder: string,
  by: string,
): Promise<string> {
  const { id } = await beginTarget(folder);
  await audit.write({ actor: by, action: 'backup-target-added', subject: id });
  await registerIn(config.state.backups).add(id, folder, clock());
  return id;
}

/** Whether a folder is on the disk of the vault, where a backup is none: or its own disk is not mounted. */
export async function isOnDiskOfVault(
  { config }: Pick<Appliance, 'config'>,
  folder: string,
): Promise<boolean> {
  const [one, other] = await Promise.all([stat(folder), stat(config.state.vault)]);
  return one.dev === other.dev;
}

/** Forgets a target, because it was destroyed. Throws `unknown-target`. */
export async function forgetTarget(
  { audit, config }: BackedUp,
  id: string,
  by: string,
  reason: string,
): Promise<void> {
  const register = registerIn(config.state.backups);
  await register.insist(id);
  await audit.write({ actor: by, action: 'backup-target-forgotten', subject: id, reason });
  await register.forget(id);
}

/** A target as it is now: whether it is there, and the sets on it. */
export async function lookAtTarget(known: KnownTarget) {
  try {
    const target = await openTarget(known.folder);
    const isThere = target.id === known.id;
    return { present: isThere, sets: isThere ? (await setsOn(target)).map(({ name }) => name) : [] };
  } catch {
    return { present: false, sets: [] };
  }
}

/** The folder that is meant: that of the daily run, unless another is given. Throws `no-target`. */
export function folderOf({ config }: Pick<Appliance, 'config'>, given: string | undefined): string {
  const folder = given ?? config.backup?.folder;
  if (folder !== undefined) return folder;
  throw new GreffierError('no-target', 'no folder was given, and there is no daily backup', {
    hint: 'greffier backup status shows the targets; greffier_backup in the site file makes a daily one',
  });
}

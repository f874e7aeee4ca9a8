// Is a backup what it should be, before somebody needs it? Every copy is read to its end, every set is compared with what
// was signed, and what would not come back is named.

import type { BackedUp } from './backing-up.ts';
import { gravesOf, whyNoTombstone } from './backing-up-graves.ts';
import { bodiesOn } from './backup/bodies.ts';
import { setsOn } from './backup/sets.ts';
import { openTarget } from './backup/target.ts';
import { headersOf } from './restoring.ts';
import { lookAtCopy } from './restoring-recording.ts';
import { tombstonesIn } from './restoring-records.ts';
import { whyUnusable } from './restoring-set.ts';
import { GreffierError } from './shared/errors.ts';
import { verifier } from './signatures.ts';

export interface BackupCheckOptions {
  /** Armored public key that the backup was signed with, when it is not this appliance's. */
  signingKey?: string;
  signal?: AbortSignal;
  step?: (done: number) => void;
}

export interface BackupCheckReport {
  target: string;
  sets: { name: string; fault: string | null }[];
  /** Of the newest set. */
  headers: number;
  bodies: number;
  /** Bodies that no header in the newest set opens: copied after it, or about to be destroyed. */
  withoutHeader: number;
  findings: { id: string; fault: string }[];
}

/** Checks the target in a folder, and changes nothing on it. Throws `backup-missing` and `backup-interrupted`. */
export async function checkBackup(
  { vault, signer }: Pick<BackedUp, 'vault' | 'signer'>,
  folder: string,
  { signingKey, signal, step }: BackupCheckOptions = {},
): Promise<BackupCheckReport> {
  const target = await openTarget(folder);
  const whyBad = await verifier(signingKey ?? signer.publicKey);
  const report: BackupCheckReport = {
    ...{ target: target.id, sets: [], headers: 0, bodies: 0, withoutHeader: 0, findings: [] },
  };
  for (const { name } of await setsOn(target))
    report.sets.push({ name, fault: (await whyUnusable(target, whyBad, name)) ?? null });
  const newest = report.sets.at(-1);
  const left = new Map<string, Date>();
  if (newest?.fault === null)
    for await (const { id, day } of headersOf(target, newest.name)) left.set(id, day);
  report.headers = left.size;
  for await (const { id, path } of tombstonesIn(folder)) {
    const fault = await whyNoTombstone(path, id, whyBad);
    if (fault !== undefined) report.findings.push({ id, fault: `its tombstone is not good: ${fault}` });
  }
  const isBuried = gravesOf({ vault }, target, whyBad);
  const bodies = bodiesOn(target);
  for await (const { id, day } of bodies.all()) {
    if (signal?.aborted) throw new GreffierError('backup-interrupted', 'the check was interrupted');
    report.bodies += 1;
    if (!left.delete(id)) report.withoutHeader += 1;
    if (await isBuried(id, day)) continue;
    const { faults } = await lookAtCopy(bodies, whyBad, id, day);
    for (const fault of faults) report.findings.push({ id, fault });
    step?.(report.bodies);
  }
  for (const [id, day] of left)
    if (!(await isBuried(id, day)))
      report.findings.push({ id, fault: 'its header is in the newest set, and its body is not there' });
  return report;
}

/** Whether anything in it would not come back. */
export function isSound({ sets, findings }: BackupCheckReport): boolean {
  return sets.length > 0 && sets.every(({ fault }) => fault === null) && findings.length === 0;
}

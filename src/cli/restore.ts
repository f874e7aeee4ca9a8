// greffier backup check and restore: whether a backup would bring everything back, and bringing it back.

import { mkdir } from 'node:fs/promises';
import { type Command, InvalidArgumentError } from 'commander';
import type { Appliance } from '../appliance.ts';
import { type BackupCheckReport, checkBackup, isSound } from '../backing-up-check.ts';
import { folderOf } from '../backing-up-daily.ts';
import { rebuildCatalogue } from '../catalogue-rows.ts';
import { noteHolds } from '../legal-holds.ts';
import { type Restored, type RestoreReport, restore } from '../restoring.ts';
import { openVault } from '../vault/vault.ts';
import type { Action } from './greffier.ts';
import { printFacts, printJson, printRows } from './output.ts';
import { stoppable } from './stoppable.ts';
import { actor, readAsCaller } from './wording.ts';

interface Options {
  dryRun?: boolean;
  into?: string;
  set?: string;
  tombstones?: string;
  signingKey?: string;
  json?: boolean;
}

/** Adds greffier backup check. */
export function checkCommand(backup: Command, withAppliance: Action): void {
  backup
    .command('check [folder]')
    .description('read every copy and every set, and say what would not come back')
    .option(
      '--signing-key <file>',
      'public key that the backup was signed with, when it is not this appliance’s',
    )
    .option('--json', 'as JSON')
    .action((folder, { signingKey, json = false }: Options) =>
      withAppliance(async (appliance) => {
        const key = await keyOf(signingKey);
        const from = folderOf(appliance, folder);
        const report = await stoppable('checking', (told) =>
          checkBackup(appliance, from, { ...key, ...told }),
        );
        if (report) printCheck(report, json);
      }),
    );
}

/** Adds greffier backup restore. */
export function restoreCommand(backup: Command, withAppliance: Action): void {
  backup
    .command('restore <folder>')
    .description(
      'bring back what the vault has not got; nothing that was destroyed, and over nothing that is there',
    )
    .option('--dry-run', 'say what would come back, change nothing')
    .option('--into <folder>', 'into another vault there, to try whether it can be done', absolute)
    .option('--set <name>', 'by another set than the newest')
    .option('--tombstones <folder>', 'with the later tombstones of another target, or of the former vault')
    .option(
      '--signing-key <file>',
      'public key that the backup was signed with, when it is not this appliance’s',
    )
    .option('--json', 'as JSON')
    .action((folder, options: Options) =>
      withAppliance((appliance) => bringBack(appliance, folder, options)),
    );
}

async function bringBack(appliance: Appliance, folder: string, options: Options): Promise<void> {
  const { into, json = false, dryRun = false, set, tombstones } = options;
  const key = await keyOf(options.signingKey);
  const where = into === undefined ? appliance : await elsewhere(appliance, into);
  const wish = { ...key, by: actor(), dryRun, ...(set && { set }), ...(tombstones && { tombstones }) };
  const report = await stoppable('restoring', (told) => restore(where, folder, { ...wish, ...told }));
  if (!report) return;
  const unreadable: { id: string; reason: string }[] = [];
  if (!dryRun && into === undefined) {
    await rebuildCatalogue(
      appliance.vault,
      appliance.catalogue,
      (id, reason) => void unreadable.push({ id, reason }),
    );
    await noteHolds(appliance);
  }
  print({ ...report, failed: [...report.failed, ...unreadable] }, json);
  if (into !== undefined && !dryRun)
    console.error(
      `greffier: ${into} has headers: nothing destroys them there on their day, so destroy all of it after the trial`,
    );
}

/** A vault to try it in. */
async function elsewhere(appliance: Appliance, folder: string): Promise<Restored> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { config } = appliance;
  const moved = { ...config, state: { ...config.state, vault: folder } };
  return { ...appliance, config: moved, vault: await openVault(folder) };
}

function print(report: RestoreReport, json: boolean): void {
  if (report.failed.length > 0) process.exitCode = 1;
  if (json) {
    printJson(report);
    return;
  }
  const { failed, withoutHeader, ...facts } = report;
  printFacts({ ...facts, withoutHeader: withoutHeader.length, failed: failed.length }, false);
  for (const id of withoutHeader)
    console.error(`greffier: ${id}: no header in the set: it opens with nothing`);
  for (const { id, reason } of failed) console.error(`greffier: ${id}: ${reason}`);
}

function printCheck(report: BackupCheckReport, json: boolean): void {
  if (!isSound(report)) process.exitCode = 1;
  if (json) {
    printJson(report);
    return;
  }
  const { sets, findings, bodies, headers, withoutHeader } = report;
  const faults = sets.flatMap(({ name, fault }) => (fault === null ? [] : [{ id: `set ${name}`, fault }]));
  printRows([...faults, ...findings], ['id', 'fault'], false, 'nothing is damaged');
  if (sets.length === 0) console.error('greffier: there is no set: nothing would come back');
  console.log(
    `${bodies} bodies, ${headers} headers in the newest of ${sets.length} sets; ${withoutHeader} bodies without a header`,
  );
}

async function keyOf(file: string | undefined): Promise<{ signingKey?: string }> {
  return file === undefined ? {} : { signingKey: (await readAsCaller(file)).toString('utf8') };
}

function absolute(path: string): string {
  if (!path.startsWith('/')) throw new InvalidArgumentError('write the folder from / on');
  return path;
}

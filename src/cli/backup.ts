// greffier backup: copies in which nothing opens any more what was destroyed (C25), and the way back from them.

import type { Command } from 'commander';
import type { Appliance } from '../appliance.ts';
import { backUp, faultOf } from '../backing-up.ts';
import {
  addTarget,
  folderOf,
  forgetTarget,
  isOnDiskOfVault,
  lookAtTarget,
  targetsOf,
} from '../backing-up-daily.ts';
import type { Action } from './greffier.ts';
import { printFacts, printRows } from './output.ts';
import { checkCommand, restoreCommand } from './restore.ts';
import { stoppable } from './stoppable.ts';
import { actor } from './wording.ts';

/** Adds the commands. */
export function backupCommands(program: Command, withAppliance: Action): void {
  const backup = program
    .command('backup')
    .description('backups of the vault and of the state, and the way back from them');
  backup
    .command('init <folder>')
    .description('make an empty folder, on a disk or share that is mounted, a target of backups')
    .option('--json', 'as JSON')
    .action((folder, { json = false }) =>
      withAppliance(async (appliance) => {
        printFacts({ target: await addTarget(appliance, folder, actor()), folder }, json);
        if (await isOnDiskOfVault(appliance, folder))
          console.error(
            `greffier: warning: ${folder} is on the disk of the vault: is its own disk mounted there?`,
          );
      }),
    );
  backup
    .command('run [folder]')
    .description('back up now, onto that target or the one of the daily run')
    .option('--json', 'as JSON')
    .action((folder, { json = false }) => withAppliance((appliance) => run(appliance, folder, json)));
  backup
    .command('status')
    .description('the targets, their sets, and how the last run on each ended')
    .option('--json', 'as JSON')
    .action(({ json = false }) => withAppliance((appliance) => status(appliance, json)));
  backup
    .command('forget <target>')
    .description('strike a target off the list, because its disk was destroyed or wiped')
    .requiredOption('--reason <text>', 'what became of it')
    .action((target, { reason }) =>
      withAppliance(async (appliance) => {
        await forgetTarget(appliance, target, actor(), reason);
        console.log(`forgotten ${target}`);
      }),
    );
  checkCommand(backup, withAppliance);
  restoreCommand(backup, withAppliance);
}

async function run(appliance: Appliance, given: string | undefined, json: boolean): Promise<void> {
  const folder = folderOf(appliance, given);
  const report = await stoppable('backing up', (told) => backUp(appliance, folder, { by: actor(), ...told }));
  if (!report) return;
  if (faultOf(report) !== undefined) process.exitCode = 1;
  const { lost, failed, faults, ...facts } = report;
  printFacts(json ? report : { ...facts, lost: lost.length, failed: failed.length }, json);
  for (const { id, reason } of failed) console.error(`greffier: ${id}: ${reason}`);
  for (const fault of faults) console.error(`greffier: ${fault}`);
  if (lost.length > 0)
    console.error('greffier: the vault has lost what the backup has: greffier backup restore brings it back');
}

async function status(appliance: Appliance, json: boolean): Promise<void> {
  const rows = [];
  for (const known of await targetsOf(appliance)) {
    const { present, sets } = await lookAtTarget(known);
    rows.push({ ...known, present, sets, newest: sets.at(-1) ?? '', fault: known.fault ?? '' });
  }
  const shown = json ? rows : rows.map((row) => ({ ...row, sets: row.sets.length }));
  printRows(
    shown,
    ['id', 'folder', 'present', 'goodAt', 'sets', 'newest', 'fault'],
    json,
    'there is no target: greffier backup init FOLDER makes one',
  );
}

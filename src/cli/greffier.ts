#!/usr/bin/node
// The command line. Every scheduled job is also a command; every command speaks JSON when asked.

import { Command } from 'commander';
import { type Appliance, openAppliance } from '../appliance.ts';
import { CONFIG_FILE, loadConfig, masked } from '../config/config.ts';
import { createDestruction } from '../destruction.ts';
import { readSeed, retireOldSettings } from '../first-settings.ts';
import { healthReport } from '../health.ts';
import { makeSigningKey } from '../keys/signing.ts';
import { preview, sweep } from '../purge/sweep.ts';
import { createLogger } from '../shared/logger.ts';
import { VERSION } from '../version.ts';
import { announcementsCommands } from './announcements.ts';
import { backupCommands } from './backup.ts';
import { callsCommands } from './calls.ts';
import { catalogueCommands } from './catalogue.ts';
import { keysCommands } from './keys.ts';
import { printError, printFacts, printJson, printRows } from './output.ts';
import { policiesCommands } from './policies.ts';
import { becomeDaemonUser } from './privileges.ts';
import { reconcileCommand } from './reconcile.ts';
import { recordingsCommands } from './recordings.ts';
import { serviceStates } from './units.ts';
import { usersCommands } from './users.ts';
import { vaultCommands } from './vault.ts';

export type Action = (work: (appliance: Appliance) => Promise<void>) => Promise<void>;

const program = new Command('greffier')
  .description('call recordings: announced, sealed, accounted for, destroyed on time')
  .version(VERSION)
  .option('--config <file>', 'configuration file', CONFIG_FILE)
  .showHelpAfterError('(greffier --help lists the commands)');

async function guarded(work: () => Promise<void>): Promise<void> {
  try {
    becomeDaemonUser();
    await work();
  } catch (error) {
    printError(error);
  }
}

const config = () => loadConfig(program.opts().config);

const withAppliance: Action = (work) =>
  guarded(async () => {
    const appliance = await openAppliance(await config(), createLogger('silent'));
    try {
      await work(appliance);
    } finally {
      appliance.catalogue.close();
    }
  });

recordingsCommands(program, withAppliance);
callsCommands(program, withAppliance);
reconcileCommand(program, withAppliance);

program
  .command('purge')
  .description('destroy every recording that is due, as the daemon does each minute')
  .option('--dry-run', 'show what would be destroyed, destroy nothing')
  .option('--json', 'as JSON')
  .action(({ dryRun, json }) =>
    withAppliance(async (appliance) => {
      const destruction = createDestruction(appliance);
      if (dryRun) {
        const due = preview(destruction, appliance.clock()).map(({ id, dueAt }) => ({ id, dueAt }));
        return printRows(due, ['id', 'dueAt'], json, 'nothing is due');
      }
      const { destroyed, failed } = await sweep(destruction, appliance.clock());
      if (failed.length) process.exitCode = 1;
      if (json) return printJson({ destroyed, failed });
      console.log(`${destroyed.length} destroyed, ${failed.length} failed`);
      for (const { id, reason } of failed) console.error(`greffier: ${id}: ${reason}`);
    }),
  );

program
  .command('status')
  .description('services, alarms, spool, vault and what is due')
  .option('--json', 'as JSON')
  .action(({ json }) =>
    withAppliance(async (appliance) => {
      const report = await healthReport(appliance, await serviceStates(appliance.config), null);
      // A month of days is for a plot, and for programs.
      const disk = report.disk && { ...report.disk, days: undefined };
      printFacts(json ? report : { ...report, disk }, json);
    }),
  );

program
  .command('config')
  .description('the configuration in force, secrets masked')
  .option('--json', 'as JSON')
  .action(({ json }) => guarded(async () => printFacts(masked(await config()), json)));

keysCommands(program, withAppliance);
usersCommands(program, withAppliance);

policiesCommands(program, withAppliance);
announcementsCommands(program, withAppliance);

catalogueCommands(program, withAppliance);
vaultCommands(program, withAppliance);
backupCommands(program, withAppliance);

program
  .command('setup')
  .description('check the first settings and make what the daemon needs before its first start')
  .action(() =>
    guarded(async () => {
      const values = await config();
      await readSeed(values);
      const retired = await retireOldSettings(values);
      const made = await makeSigningKey(values.state.keys, values.site.name);
      console.log(retired || made ? 'changed' : 'unchanged');
    }),
  );

await program.parseAsync();

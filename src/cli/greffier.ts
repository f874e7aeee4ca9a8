#!/usr/bin/node
// The command line. Every scheduled job is also a command; every command speaks JSON when asked.

import { Command } from 'commander';
import { type Appliance, openAppliance } from '../appliance.ts';
import { CONFIG_FILE, loadConfig, masked } from '../config/config.ts';
import { readSeed, retireOldSettings } from '../first-settings.ts';
import { healthReport } from '../health.ts';
import { makeSigningKey } from '../keys/signing.ts';
import { createLogger } from '../shared/logger.ts';
import { VERSION } from '../version.ts';
import { announcementsCommands } from './announcements.ts';
import { approvalsCommands } from './approvals.ts';
import { auditCommands } from './audit.ts';
import { backupCommands } from './backup.ts';
import { callsCommands } from './calls.ts';
import { catalogueCommands } from './catalogue.ts';
import { holdsCommands } from './holds.ts';
import { incidentCommands } from './incident.ts';
import { keysCommands } from './keys.ts';
import { objectionsCommands } from './objections.ts';
import { printError, printFacts } from './output.ts';
import { policiesCommands } from './policies.ts';
import { becomeDaemonUser } from './privileges.ts';
import { purgeCommand } from './purge.ts';
import { reconcileCommand } from './reconcile.ts';
import { recordingsCommands } from './recordings.ts';
import { rightsCommands } from './rights.ts';
import { statisticsCommand } from './statistics.ts';
import { tokensCommands } from './tokens.ts';
import { transparencyCommands } from './transparency.ts';
import { serviceStates } from './units.ts';
import { usersCommands } from './users.ts';
import { vaultCommands } from './vault.ts';
import { webhooksCommands } from './webhooks.ts';
import { witnessCommands } from './witness.ts';

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
objectionsCommands(program, withAppliance);
auditCommands(program, withAppliance);

purgeCommand(program, withAppliance);
holdsCommands(program, withAppliance);
approvalsCommands(program, withAppliance);

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
tokensCommands(program, withAppliance);
webhooksCommands(program, withAppliance);

policiesCommands(program, withAppliance);
announcementsCommands(program, withAppliance);

catalogueCommands(program, withAppliance);
vaultCommands(program, withAppliance);
witnessCommands(program, withAppliance);

transparencyCommands(program, withAppliance);
statisticsCommand(program, withAppliance);
rightsCommands(program, withAppliance);
incidentCommands(program, withAppliance);
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

// greffier policies show|plan|apply|history|publish: the rules of calls, looked at and changed as a whole.

import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { Appliance } from '../appliance.ts';
import { applySettings, type Plan, planSettings } from '../apply.ts';
import { generationInForce } from '../policies/generation.ts';
import { planText } from '../policies/plan.ts';
import type { Destination } from '../policies/queue-schema.ts';
import { readSettingsText, settingsText } from '../policies/settings-text.ts';
import { publishPolicies } from '../publish.ts';
import { GreffierError, reasonOf } from '../shared/errors.ts';
import type { Action } from './greffier.ts';
import { printError, printJson, printRows } from './output.ts';
import { asCaller } from './privileges.ts';

/** Exit status when the rules contradict the law or each other. */
const CONTRADICTION = 2;
const ACTIONS = ['policies-applied', 'announcement-replaced', 'policies-published', 'draw-seed'];

/** Adds the commands on policies. */
export function policiesCommands(program: Command, withAppliance: Action): void {
  const policies = program.command('policies').description('clients, lines, queues, people and their rules');
  policies
    .command('show')
    .description('the lines and their rules; with --yaml everything, as plan and apply read it')
    .option('--yaml', 'all settings, as YAML')
    .option('--json', 'all settings, as JSON')
    .action(({ yaml, json }) =>
      withAppliance(async (appliance) => {
        if (yaml) process.stdout.write(settingsText(appliance.settings.data));
        else if (json) printJson(appliance.settings.data);
        else await showLines(appliance);
      }),
    );
  policies
    .command('plan <file>')
    .description('what the settings in a YAML file (- for standard input) would change; changes nothing')
    .option('--json', 'as JSON')
    .action((file, { json }) =>
      withAppliance((appliance) =>
        saysContradictions(async () => {
          const plan = planSettings(appliance, await readYaml(file));
          if (json) return printJson(plan);
          printPlan(plan, 'nothing would change');
        }),
      ),
    );
  policies
    .command('apply <file>')
    .description('put the settings in a YAML file (- for standard input) in force, all or nothing')
    .option('--json', 'as JSON')
    .action((file, { json }) =>
      withAppliance((appliance) =>
        saysContradictions(async () => {
          const value = await readYaml(file);
          const applied = await applySettings(appliance, value, process.env.SUDO_USER ?? 'root');
          if (json) return printJson(applied);
          printPlan(applied, 'nothing has changed');
          console.log(`generation ${applied.before ?? 'none'} → ${applied.after}`);
        }),
      ),
    );
  policies
    .command('history')
    .description('which rules came into force when, and by whom; the commitment to each month’s draws')
    .option('--json', 'as JSON')
    .action(({ json }) =>
      withAppliance(async ({ audit }) => {
        const entries = (await audit.entries()).filter(({ action }) => ACTIONS.includes(action));
        const rows = entries.map(({ at, actor, action, reason }) => ({ at, actor, action, what: reason }));
        printRows(rows, ['at', 'actor', 'action', 'what'], json, 'no policies yet');
      }),
    );
  policies
    .command('publish')
    .description('compile the policies for Asterisk, as the daemon does by itself')
    .action(() =>
      withAppliance(async (appliance) => console.log(`generation ${await publishPolicies(appliance)}`)),
    );
}

async function showLines({ settings, config }: Appliance): Promise<void> {
  const { lines, policies } = settings.data;
  const rows = lines.map((line) => {
    const policy = policies.find(({ id }) => id === line.policy);
    return {
      line: line.did,
      name: line.name,
      client: line.client,
      to: destinationText(line.destination),
      policy: line.policy,
      purpose: policy?.purpose,
      consent: policy?.consent,
      start: policy?.start,
      'share %': policy?.share,
      retention: policy?.retention,
    };
  });
  printRows(rows, Object.keys(rows[0] ?? {}), false, 'no lines yet');
  console.log(`generation ${(await generationInForce(config.state.policies)) ?? 'none'}`);
}

function destinationText(destination: Destination): string {
  return Object.entries(destination)
    .map(([kind, target]) => `${kind} ${[target].flat().join(',')}`)
    .join();
}

/** Says what would change, or has; warnings go to standard error. */
export function printPlan({ changes, warnings }: Plan, nothing: string): void {
  console.log(changes.length > 0 ? planText(changes) : nothing);
  for (const warning of warnings) console.error(`greffier: warning: ${warning}`);
}

/** A contradiction has an exit status of its own, so that a script can tell it from a disk that is full. */
export async function saysContradictions(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof GreffierError) || error.code !== 'bad-settings') throw error;
    printError(error);
    process.exitCode = CONTRADICTION;
  }
}

/** Read with the rights of whoever started the command: the file may lie in root's own folder. */
async function readYaml(file: string): Promise<unknown> {
  const text = await asCaller(() => readFile(file === '-' ? '/dev/stdin' : file, 'utf8')).catch((cause) => {
    throw new GreffierError('unreadable', `cannot read ${file}: ${reasonOf(cause)}`, { cause });
  });
  return readSettingsText(text, file);
}

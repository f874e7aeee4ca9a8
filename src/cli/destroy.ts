// greffier recordings destroy: asks for the destruction of a recording before its day; another person approves it.

import { type Command, Option } from 'commander';
import { EARLY_REASONS } from '../early-destruction.ts';
import { askFor } from '../four-eyes.ts';
import { asPerson } from './as-person.ts';
import type { Action } from './greffier.ts';
import { printFacts } from './output.ts';

/** Adds the command. */
export function destroyCommand(recordings: Command, withAppliance: Action): void {
  recordings
    .command('destroy <id>')
    .description('ask that one recording be destroyed before its day; another person approves it')
    .addOption(
      new Option(
        '--reason <word>',
        'bank data, other proof of the contract received, an objection, an erasure',
      )
        .choices([...EARLY_REASONS])
        .makeOptionMandatory(),
    )
    .requiredOption('--note <text>', 'why, in words; goes into the audit log')
    .requiredOption('--as <login>', 'who asks; password and code are read from standard input')
    .option('--json', 'as JSON')
    .action((id, { reason, note, as, json }) =>
      withAppliance(async (appliance) => {
        const by = await asPerson(appliance, as, 'destruction:ask');
        const wish = { kind: 'destroy-early' as const, subject: { recording: id, reason }, reason: note };
        const asked = await askFor(appliance, wish, by);
        printFacts({ approval: asked.id, expiresAt: asked.expiresAt }, json);
      }),
    );
}

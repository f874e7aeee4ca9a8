// greffier reconcile: do call records, recordings, tombstones, the index, the spool and Asterisk tell the same?

import type { Command } from 'commander';
import { type Reconciliation, reconcile } from '../reconcile.ts';
import { moment } from './calls.ts';
import type { Action } from './greffier.ts';
import { printJson, printRows } from './output.ts';

/** Adds the command. */
export function reconcileCommand(program: Command, withAppliance: Action): void {
  program
    .command('reconcile')
    .description('compare all accounts of the calls, both ways; ends with 1 when they differ')
    .option('--since <moment>', 'leave out what differs before that moment (ISO 8601)', moment)
    .option('--json', 'as JSON')
    .action(({ since, json }) =>
      withAppliance(async (appliance) =>
        print(await reconcile(appliance, since ? new Date(since) : undefined), json),
      ),
    );
}

function print({ drifts, compared }: Reconciliation, json: boolean): void {
  if (drifts.length) process.exitCode = 1;
  const counts = Object.fromEntries(
    [...Map.groupBy(drifts, ({ kind }) => kind)].map(([kind, some]) => [kind, some.length]),
  );
  if (json) {
    printJson({ drifts, counts, compared });
    return;
  }
  printRows(
    drifts.map((drift) => ({ ...drift })),
    ['kind', 'id', 'at', 'what'],
    false,
    'no drift',
  );
  const words = Object.entries(compared).map(([name, count]) => `${name} ${count}`);
  console.log(`compared: ${words.join(', ')}`);
  for (const [kind, count] of Object.entries(counts)) console.log(`${kind} ${count}`);
  console.log(`drifts ${drifts.length}`);
}

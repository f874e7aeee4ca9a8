// greffier calls list: every call, recorded or not, and why not (promise 6).

import type { Command } from 'commander';
import type { Action } from './greffier.ts';
import { printRows } from './output.ts';

/** Adds the commands on calls. */
export function callsCommands(program: Command, withAppliance: Action): void {
  program
    .command('calls')
    .description('calls, recorded or not')
    .command('list')
    .description('calls, newest first, with the reason where none was recorded')
    .option('--limit <count>', 'how many at most', '50')
    .option('--json', 'as JSON')
    .action(({ limit, json }) =>
      withAppliance(async ({ catalogue }) => {
        const rows = catalogue.calls(Number(limit)).map((row) => ({
          id: row.id,
          arrived: row.arrived_at,
          line: row.did,
          caller: row.last4 && `…${row.last4}`,
          extension: row.extension,
          answered: row.answered === 1,
          recorded: row.recorded === 1,
          reason: row.reason ?? '',
        }));
        const columns = ['id', 'arrived', 'line', 'caller', 'extension', 'answered', 'recorded', 'reason'];
        printRows(rows, columns, json, 'no calls yet');
      }),
    );
}

// greffier vault check: is every recording what it was when it was sealed?

import { type Command, InvalidArgumentError } from 'commander';
import type { Appliance } from '../appliance.ts';
import { type CheckReport, checkVault } from '../upkeep/vault-check.ts';
import type { Action } from './greffier.ts';
import { printJson, printRows } from './output.ts';
import { stoppable } from './stoppable.ts';

interface Options {
  restart?: boolean;
  sample?: number;
  json?: boolean;
}

/** Adds the command. */
export function vaultCommands(program: Command, withAppliance: Action): void {
  const vault = program.command('vault').description('the sealed recordings');
  vault
    .command('check')
    .description('look at every recording, tombstone and record; goes on where it was interrupted')
    .option('--restart', 'begin anew')
    .option('--sample <percent>', 'look at that share of the recordings only', percent)
    .option('--json', 'as JSON')
    .action((options: Options) => withAppliance((appliance) => check(appliance, options)));
}

async function check(
  appliance: Appliance,
  { restart = false, sample, json = false }: Options,
): Promise<void> {
  const report = await stoppable('checking', (told) =>
    checkVault(appliance, {
      ...told,
      restart,
      ...(sample !== undefined && { sample }),
      step: (_, done) => told.step(done),
    }),
  );
  if (report) print(report, json);
}

function print({ summary, findings, incoming }: CheckReport, json: boolean): void {
  if (findings.length) process.exitCode = 1;
  if (json) {
    printJson({ ...summary, incoming, findings });
    return;
  }
  const rows = findings.flatMap(({ kind, id, path, faults }) =>
    faults.map((fault) => ({ kind, id: kind === 'stranger' ? path : id, fault })),
  );
  printRows(rows, ['kind', 'id', 'fault'], false, 'nothing is damaged');
  for (const id of incoming) console.error(`greffier: being sealed, or left half sealed: incoming/${id}`);
  const { checked, recordings, tombstones, calls } = summary;
  console.log(
    `${checked} of ${recordings} recordings, ${tombstones} tombstones, ${calls} call records; ${findings.length} damaged`,
  );
}

function percent(text: string): number {
  const share = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || share <= 0 || share > 100)
    throw new InvalidArgumentError('write a share in percent, as in 5');
  return share;
}

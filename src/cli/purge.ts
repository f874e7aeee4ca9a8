// greffier purge: destroys what is due, as the daemon does each minute; or shows what would go.

import { type Command, InvalidArgumentError } from 'commander';
import type { Appliance } from '../appliance.ts';
import { createDestruction } from '../destruction.ts';
import { preview } from '../purge/sweep.ts';
import { heldBack, purgeDue } from '../purging.ts';
import { reasonOf } from '../shared/errors.ts';
import { certificateCommand } from './certificate.ts';
import type { Action } from './greffier.ts';
import { printJson, printRows } from './output.ts';
import { showProgress } from './progress.ts';

const DAY_MS = 86_400_000;
const INTERRUPTED = 130;

interface Options {
  dryRun?: boolean;
  days?: number;
  json?: boolean;
}

/** Adds the command. */
export function purgeCommand(program: Command, withAppliance: Action): void {
  const purge = program
    .command('purge')
    .description('destroy every recording that is due, as the daemon does each minute')
    .option('--dry-run', 'show what would be destroyed and what is kept back; destroy nothing')
    .option('--days <count>', 'with --dry-run: what goes within that many days', wholeNumber)
    .option('--json', 'as JSON')
    .action((options: Options) =>
      withAppliance((appliance) => (options.dryRun ? show(appliance, options) : destroy(appliance, options))),
    );
  certificateCommand(purge, withAppliance);
}

async function show(appliance: Appliance, { days = 0, json = false }: Options): Promise<void> {
  const destruction = createDestruction(appliance);
  const { at, suspended } = await appliance.time.now();
  if (suspended)
    console.error('greffier: the clock has jumped: nothing is destroyed until two people confirm it');
  const rows: { id: string; dueAt: string; goesAt: string; kept: string }[] = [];
  const until = new Date(at.getTime() + days * DAY_MS);
  for (const recording of preview(destruction, until)) {
    const kept = await destruction.permit(recording, new Date(recording.goesAt)).then(
      () => '',
      (error) => reasonOf(error),
    );
    rows.push({ id: recording.id, dueAt: recording.dueAt, goesAt: recording.goesAt, kept });
  }
  for (const { id, due_at, goes_at } of heldBack(appliance.catalogue, until))
    rows.push({ id, dueAt: due_at, goesAt: goes_at, kept: `held until ${goes_at}` });
  printRows(rows, ['id', 'dueAt', 'goesAt', 'kept'], json, 'nothing is due');
}

async function destroy(appliance: Appliance, { json = false }: Options): Promise<void> {
  const { at, suspended } = await appliance.time.now();
  const total = appliance.catalogue.count(at.toISOString()).due;
  const progress = showProgress('destroying', total);
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  process.once('SIGINT', stop);
  let done = 0;
  const destroyed = () => {
    done += 1;
    progress.at(done);
  };
  const report = await purgeDue(appliance, { destroyed, signal: stopping.signal });
  process.off('SIGINT', stop);
  progress.end();
  if (report.failures || suspended) process.exitCode = 1;
  if (stopping.signal.aborted) process.exitCode = INTERRUPTED;
  if (json) return printJson({ ...report, suspended });
  if (suspended)
    console.error(
      'greffier: the clock has jumped: nothing is destroyed until two people confirm it (greffier time)',
    );
  console.log(`${report.destroyed} destroyed, ${report.kept} kept, ${report.failures} failed`);
  for (const { id, reason } of report.failed) console.error(`greffier: ${id}: ${reason}`);
}

function wholeNumber(text: string): number {
  if (/^\d{1,4}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('write a number of days');
}

// greffier recordings list|show|export

import type { Command } from 'commander';
import type { Appliance } from '../appliance.ts';
import { presented } from '../catalogue/routes.ts';
import { recordingNotFound } from '../sealed-recording.ts';
import { readManifest } from '../sealing/manifest.ts';
import { isCallId } from '../shared/call-id.ts';
import { GreffierError } from '../shared/errors.ts';
import { destroyCommand } from './destroy.ts';
import { exportCommand } from './export.ts';
import type { Action } from './greffier.ts';
import { printFacts, printJson, printRows } from './output.ts';
import { reencryptCommands } from './reencrypt.ts';

/** Adds the commands on recordings. */
export function recordingsCommands(program: Command, withAppliance: Action): void {
  const recordings = program.command('recordings').description('list, show and export recordings');
  recordings
    .command('list')
    .description('recordings, newest first')
    .option('--limit <count>', 'how many at most', '50')
    .option('--json', 'as JSON')
    .action(({ limit, json }) => withAppliance((appliance) => list(appliance, Number(limit), json)));
  recordings
    .command('show <id>')
    .description('one recording with its manifest')
    .option('--json', 'as JSON')
    .action((id, { json }) => withAppliance((appliance) => show(appliance, id, json)));
  exportCommand(recordings, withAppliance);
  destroyCommand(recordings, withAppliance);
  reencryptCommands(recordings, withAppliance);
}

async function list({ catalogue, config }: Appliance, limit: number, json: boolean): Promise<void> {
  if (!Number.isInteger(limit) || limit < 1)
    throw new GreffierError('bad-limit', `not a number of rows: ${limit}`);
  const rows = catalogue.recordings(limit);
  if (json) return printJson(rows.map(presented));
  const time = new Intl.DateTimeFormat('sv-SE', {
    timeZone: config.site.timezone,
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  const shown = rows.map((row) => ({
    id: row.id,
    start: time.format(new Date(row.started_at)),
    seconds: (row.milliseconds / 1000).toFixed(1),
    line: row.line_name || row.did,
    caller: row.last4 && `…${row.last4}`,
    extension: row.extension,
    state: row.state,
    'destroy on': time.format(new Date(row.due_at)),
  }));
  printRows(
    shown,
    ['id', 'start', 'seconds', 'line', 'caller', 'extension', 'state', 'destroy on'],
    false,
    'no recordings yet',
  );
}

async function show({ catalogue, vault }: Appliance, id: string, json: boolean): Promise<void> {
  const row = isCallId(id) ? catalogue.recording(id) : undefined;
  if (!row) throw recordingNotFound(id);
  const manifest = await vault.read(id, new Date(row.day), 'manifest');
  printFacts({ ...presented(row), ...(manifest && { manifest: readManifest(manifest) }) }, json);
}

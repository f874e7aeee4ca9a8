// greffier recordings list|show|export

import type { Command } from 'commander';
import type { Appliance } from '../appliance.ts';
import { presented } from '../catalogue/presented.ts';
import { recordingNotFound } from '../sealed-recording.ts';
import { readManifest } from '../sealing/manifest.ts';
import { isCallId } from '../shared/call-id.ts';
import { destroyCommand } from './destroy.ts';
import { exportCommand } from './export.ts';
import type { Action } from './greffier.ts';
import { printFacts } from './output.ts';
import { listCommand } from './recordings-list.ts';
import { reencryptCommands } from './reencrypt.ts';

/** Adds the commands on recordings. */
export function recordingsCommands(program: Command, withAppliance: Action): void {
  const recordings = program.command('recordings').description('list, show and export recordings');
  listCommand(recordings, withAppliance);
  recordings
    .command('show <id>')
    .description('one recording with its manifest')
    .option('--json', 'as JSON')
    .action((id, { json }) => withAppliance((appliance) => show(appliance, id, json)));
  exportCommand(recordings, withAppliance);
  destroyCommand(recordings, withAppliance);
  reencryptCommands(recordings, withAppliance);
}

async function show({ catalogue, vault }: Appliance, id: string, json: boolean): Promise<void> {
  const row = isCallId(id) ? catalogue.recording(id) : undefined;
  if (!row) throw recordingNotFound(id);
  const manifest = await vault.read(id, new Date(row.day), 'manifest');
  printFacts({ ...presented(row), ...(manifest && { manifest: readManifest(manifest) }) }, json);
}

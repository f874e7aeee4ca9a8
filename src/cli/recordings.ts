// greffier recordings list|show|export

import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import type { Appliance } from '../appliance.ts';
import { presented } from '../catalogue/routes.ts';
import { readManifest } from '../sealing/manifest.ts';
import { isCallId } from '../shared/call-id.ts';
import { GreffierError } from '../shared/errors.ts';
import { destroyCommand } from './destroy.ts';
import type { Action } from './greffier.ts';
import { printFacts, printJson, printRows } from './output.ts';
import { asCaller } from './privileges.ts';
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
  recordings
    .command('export <id>')
    .description('the OpenPGP message, its manifest and the signature, for use on another machine')
    .requiredOption('--reason <text>', 'why it is handed out; goes into the audit log')
    .option('--to <folder>', 'folder to write to', '.')
    .option('--json', 'as JSON')
    .action((id, { to, reason, json }) =>
      withAppliance((appliance) => exportOne(appliance, id, to, reason, json)),
    );
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
  if (!row) throw notFound(id);
  const manifest = await vault.read(id, new Date(row.day), 'manifest');
  printFacts({ ...presented(row), ...(manifest && { manifest: readManifest(manifest) }) }, json);
}

async function exportOne(
  { catalogue, vault, audit, signer }: Appliance,
  id: string,
  to: string,
  reason: string,
  json: boolean,
): Promise<void> {
  const row = isCallId(id) ? catalogue.recording(id) : undefined;
  if (!row) throw notFound(id);
  const day = new Date(row.day);
  const parts = await Promise.all(
    (['header', 'body', 'manifest', 'signature'] as const).map((part) => vault.read(id, day, part)),
  );
  const [header, body, manifest, signature] = parts;
  if (!header || !body || !manifest || !signature) {
    throw new GreffierError('recording-destroyed', `recording ${id} was destroyed`);
  }
  if (createHash('sha256').update(body).digest('hex') !== readManifest(manifest).body.sha256) {
    throw new GreffierError('body-altered', `the body of ${id} is not the one its manifest names`);
  }
  await audit.write({ actor: process.env.SUDO_USER ?? 'root', action: 'export', recording: id, reason });
  const files = {
    [`${id}.pgp`]: Buffer.concat([header, body]),
    [`${id}.manifest.json`]: manifest,
    [`${id}.manifest.json.asc`]: signature,
    'appliance.asc': Buffer.from(signer.publicKey),
  };
  const folder = resolve(to);
  await asCaller(async () => {
    await mkdir(folder, { recursive: true });
    for (const [name, content] of Object.entries(files))
      await writeFile(join(folder, name), content, { mode: 0o600 });
  });
  printFacts({ exported: Object.keys(files).map((name) => join(folder, name)) }, json);
}

function notFound(id: string): GreffierError {
  return new GreffierError('recording-not-found', `no recording ${id}`, {
    hint: 'greffier recordings list shows their ids',
  });
}

// greffier recordings export: the OpenPGP message and its manifest as four files, or the evidence package as one.

import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import type { Appliance } from '../appliance.ts';
import { layOut } from '../evidence/package.ts';
import { gatherEvidence } from '../evidence-of-recording.ts';
import { readSealed, type SealedRecording } from '../sealed-recording.ts';
import { GreffierError } from '../shared/errors.ts';
import type { Action } from './greffier.ts';
import { printFacts } from './output.ts';
import { writePacked } from './packed.ts';
import { asCaller } from './privileges.ts';
import { actor, readAsCaller } from './wording.ts';

interface Options {
  reason: string;
  to: string;
  json: boolean;
  evidence?: boolean;
  header?: string;
  withDetails?: boolean;
}

/** Adds the command. */
export function exportCommand(recordings: Command, withAppliance: Action): void {
  recordings
    .command('export <id>')
    .description('the OpenPGP message, its manifest and the signature, for use on another machine')
    .requiredOption('--reason <text>', 'why it is handed out; goes into the audit log')
    .option('--to <folder>', 'folder to write to', '.')
    .option('--evidence', 'as one package that verifies itself, with proof of what the audit log says')
    .option('--header <file>', 'in the package: session key packets made for whoever asked')
    .option('--with-details', 'in the package: the full number and the name, sealed')
    .option('--json', 'as JSON')
    .action((id, options: Options) => withAppliance((appliance) => exportOne(appliance, id, options)));
}

async function exportOne(appliance: Appliance, id: string, options: Options): Promise<void> {
  if (!options.evidence && (options.header !== undefined || options.withDetails))
    throw new GreffierError('not-evidence', '--header and --with-details are for the evidence package', {
      hint: 'add --evidence',
    });
  if (!options.reason.trim())
    throw new GreffierError('no-reason', 'the reason is empty', { hint: 'write why it is handed out' });
  const folder = resolve(options.to);
  const recording = await readSealed(appliance, id);
  const write = options.evidence ? writeEvidence : writePlain;
  printFacts({ exported: await write(appliance, recording, folder, options) }, options.json);
}

async function writePlain(
  { audit, signer }: Appliance,
  { id, header, body, manifest, manifestBytes, signature }: SealedRecording,
  folder: string,
  { reason }: Options,
): Promise<string[]> {
  const extensions = manifest.extensions.join(' ');
  await audit.write({ actor: actor(), action: 'export', recording: id, reason, extensions });
  const small = {
    [`${id}.manifest.json`]: manifestBytes,
    [`${id}.manifest.json.asc`]: signature,
    'appliance.asc': Buffer.from(signer.publicKey),
  };
  const message = join(folder, `${id}.pgp`);
  await asCaller(async () => {
    await mkdir(folder, { recursive: true });
    await writeFile(message, header, { mode: 0o600 });
    await pipeline(body(), createWriteStream(message, { flags: 'a' }));
    for (const [name, content] of Object.entries(small))
      await writeFile(join(folder, name), content, { mode: 0o600 });
  });
  return [message, ...Object.keys(small).map((name) => join(folder, name))];
}

async function writeEvidence(
  appliance: Appliance,
  recording: SealedRecording,
  folder: string,
  { reason, header, withDetails = false }: Options,
): Promise<string[]> {
  const evidence = await gatherEvidence(appliance, recording, {
    actor: actor(),
    reason,
    withDetails,
    ...(header !== undefined && { header: await readAsCaller(header) }),
  });
  const at = new Date(recording.manifest.arrivedAt);
  const packed = await writePacked(folder, `${recording.id}.evidence`, at, (empty) =>
    layOut(empty, evidence, appliance.signer.sign),
  );
  return [packed];
}

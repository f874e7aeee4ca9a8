// greffier recordings reencrypt|reencrypted: whole recordings, out to whoever holds the key, and back. Rotating a key
// needs neither (greffier keys rotate).

import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import type { Appliance } from '../appliance.ts';
import { takeReencrypted } from '../keyring/reencrypt.ts';
import { REENCRYPTED_FORMAT } from '../offline/reencrypt.ts';
import { isCallId } from '../shared/call-id.ts';
import { GreffierError, reasonOf } from '../shared/errors.ts';
import { FILES } from '../vault/vault.ts';
import type { Action } from './greffier.ts';
import { asCaller } from './privileges.ts';
import { actor } from './wording.ts';

const PARTS = ['header', 'body', 'details', 'manifest', 'signature'] as const;

/** Adds the commands below `recordings`. */
export function reencryptCommands(recordings: Command, withAppliance: Action): void {
  recordings
    .command('reencrypt <id...>')
    .description('write recordings out, to be encrypted again by greffier-offline')
    .requiredOption('--reason <text>', 'why; goes into the audit log')
    .requiredOption('--to <folder>', 'folder to write to')
    .action((ids, { reason, to }) =>
      withAppliance(async (appliance) => {
        for (const id of ids) await writeOut(appliance, id, join(resolve(to), id), reason);
        console.log(`${ids.length} written`);
      }),
    );
  recordings
    .command('reencrypted <folder>')
    .description('take back what greffier-offline reencrypt has written')
    .action((folder) => withAppliance((appliance) => takeBack(appliance, resolve(folder))));
}

async function writeOut(
  { catalogue, vault, audit }: Appliance,
  id: string,
  folder: string,
  reason: string,
): Promise<void> {
  const row = isCallId(id) ? catalogue.recording(id) : undefined;
  const parts = row && (await Promise.all(PARTS.map((part) => vault.read(id, new Date(row.day), part))));
  if (!parts?.every((part) => part !== undefined)) {
    throw new GreffierError('recording-not-found', `no recording ${id}, or it was destroyed`, {
      hint: 'greffier recordings list shows their ids',
    });
  }
  await audit.write({ actor: actor(), action: 'reencrypt', recording: id, reason });
  await asCaller(async () => {
    await mkdir(folder, { recursive: true });
    for (const [index, part] of PARTS.entries())
      await writeFile(join(folder, FILES[part]), parts[index] ?? '', { mode: 0o600 });
  });
}

async function takeBack(appliance: Appliance, folder: string): Promise<void> {
  let taken = 0;
  for (const id of await asCaller(() => readdir(folder))) {
    try {
      const [note, header, body, details] = await asCaller(() =>
        Promise.all(
          ['reencrypted.json', 'header.pgp', 'body.pgp', 'details.pgp'].map((name) =>
            readFile(join(folder, id, name)),
          ),
        ),
      );
      const { format, id: named, former } = JSON.parse(`${note}`);
      if (format !== REENCRYPTED_FORMAT || named !== id || !header || !body || !details)
        throw new GreffierError('not-reencrypted', `${join(folder, id)} is not what greffier-offline writes`);
      await takeReencrypted(appliance, actor(), id, `${former}`, { header, body, details });
      taken += 1;
    } catch (error) {
      console.error(`greffier: ${id}: ${reasonOf(error)}`);
      process.exitCode = 1;
    }
  }
  console.log(`${taken} taken back`);
}

// greffier purge certificate: the proof that a recording was destroyed, for whoever may ask (C23).

import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import type { Appliance } from '../appliance.ts';
import { pack } from '../evidence/pack.ts';
import { certificateOf, layOutCertificate } from '../purge-certificate.ts';
import { syncFolder } from '../shared/files.ts';
import type { Action } from './greffier.ts';
import { printFacts } from './output.ts';
import { asCaller } from './privileges.ts';

/** Adds the command. */
export function certificateCommand(purge: Command, withAppliance: Action): void {
  purge
    .command('certificate <id>')
    .description('the proof that a recording was destroyed, as one package that verifies itself')
    .option('--to <folder>', 'folder to write to', '.')
    .option('--json', 'as JSON')
    .action((id, { to, json }) =>
      withAppliance(async (appliance) => {
        printFacts({ certificate: await write(appliance, id, resolve(to)) }, json);
      }),
    );
}

async function write(appliance: Appliance, id: string, folder: string): Promise<string> {
  const certificate = await certificateOf(appliance, id);
  const name = `${id}.purged`;
  const packed = join(folder, `${name}.tar`);
  await asCaller(async () => {
    await mkdir(folder, { recursive: true });
    const beside = await mkdtemp(join(folder, '.purged-'));
    try {
      await mkdir(join(beside, name));
      await layOutCertificate(join(beside, name), certificate, appliance.signer.sign);
      await pack(join(beside, name), join(beside, 'tar'), new Date(certificate.destroyedAt));
      await rename(join(beside, 'tar'), packed);
      await syncFolder(folder);
    } finally {
      await rm(beside, { recursive: true, force: true });
    }
  });
  return packed;
}

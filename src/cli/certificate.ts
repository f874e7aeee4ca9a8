// greffier purge certificate: the proof that a recording was destroyed, for whoever may ask (C23).

import type { Command } from 'commander';
import type { Appliance } from '../appliance.ts';
import { certificateOf, layOutCertificate } from '../purge-certificate.ts';
import type { Action } from './greffier.ts';
import { printFacts } from './output.ts';
import { writePacked } from './packed.ts';

/** Adds the command. */
export function certificateCommand(purge: Command, withAppliance: Action): void {
  purge
    .command('certificate <id>')
    .description('the proof that a recording was destroyed, as one package that verifies itself')
    .option('--to <folder>', 'folder to write to', '.')
    .option('--json', 'as JSON')
    .action((id, { to, json }) =>
      withAppliance(async (appliance) => {
        printFacts({ certificate: await write(appliance, id, to) }, json);
      }),
    );
}

async function write(appliance: Appliance, id: string, to: string): Promise<string> {
  const certificate = await certificateOf(appliance, id);
  return writePacked(to, `${id}.purged`, new Date(certificate.destroyedAt), (folder) =>
    layOutCertificate(folder, certificate, appliance.signer.sign),
  );
}

// A check of a vault in a process of its own, which a test may kill: prints what it looks at, and at the end how much
// memory was in use on the way, and the report. Or, with a second word, the command as an admin types it.

import { join } from 'node:path';
import { Command } from 'commander';
import { openAlarms } from '../../../src/alarms/alarms.ts';
import type { Appliance } from '../../../src/appliance.ts';
import { openCatalogue } from '../../../src/catalogue/catalogue.ts';
import { printError } from '../../../src/cli/output.ts';
import { vaultCommands } from '../../../src/cli/vault.ts';
import { openSigner } from '../../../src/keys/signing.ts';
import { systemClock } from '../../../src/shared/clock.ts';
import { createLogger } from '../../../src/shared/logger.ts';
import { type Checked, checkVault } from '../../../src/upkeep/vault-check.ts';
import { openVault } from '../../../src/vault/vault.ts';

const [root = '', asCommand] = process.argv.slice(2);
const heap: number[] = [];
const appliance = {
  vault: await openVault(join(root, 'vault')),
  catalogue: await openCatalogue(join(root, 'catalogue')),
  signer: await openSigner(join(root, 'keys')),
  alarms: await openAlarms(join(root, 'alarms'), systemClock, createLogger('silent')),
  clock: systemClock,
  config: { state: { vault: join(root, 'vault'), checks: join(root, 'checks') } },
} as unknown as Checked;

if (asCommand) {
  const program = new Command('greffier');
  vaultCommands(program, (work) => work(appliance as Appliance));
  await program.parseAsync(['node', 'greffier', 'vault', 'check']).catch(printError);
} else await checkAndTell();

async function checkAndTell(): Promise<void> {
  const { findings } = await checkVault(appliance, {
    step(item, done) {
      process.stdout.write(`${item.kind} ${item.id}\n`);
      if (done % 500 !== 0) return;
      globalThis.gc?.();
      heap.push(process.memoryUsage().heapUsed);
    },
  });
  process.stdout.write(`heap ${heap.join(' ')}\n`);
  for (const { id, faults } of findings) process.stdout.write(`found ${id} ${faults.join('; ')}\n`);
}

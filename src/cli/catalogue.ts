// greffier catalogue rebuild: the index, made again from what lies in the vault (promise 9).

import type { Command } from 'commander';
import type { Appliance } from '../appliance.ts';
import { rebuildCatalogue } from '../catalogue-rows.ts';
import { noteHolds } from '../legal-holds.ts';
import { countVault } from '../vault/walk.ts';
import type { Action } from './greffier.ts';
import { printError } from './output.ts';
import { showProgress } from './progress.ts';

/** Adds the command. */
export function catalogueCommands(program: Command, withAppliance: Action): void {
  const catalogue = program.command('catalogue').description('the index of recordings');
  catalogue
    .command('rebuild')
    .description('fill the catalogue from the vault')
    .action(() => withAppliance(rebuild));
}

async function rebuild(appliance: Appliance): Promise<void> {
  const { vault, catalogue, config } = appliance;
  const { recording, tombstone, call } = await countVault(config.state.vault);
  const progress = showProgress('rebuilding', recording + tombstone + call);
  let [done, unreadable] = [0, 0];
  const tell = (id: string, reason: string) => {
    unreadable += 1;
    progress.end();
    printError(new Error(`${id}: ${reason}`));
  };
  const step = () => {
    done += 1;
    progress.at(done);
  };
  const rows = await rebuildCatalogue(vault, catalogue, tell, step);
  await noteHolds(appliance);
  progress.end();
  console.log(`${rows} recordings from the vault`);
  if (unreadable) console.error(`greffier: ${unreadable} files could not be read`);
}

// greffier keys drill: is every key still there, and can its holder use it?

import type { Command } from 'commander';
import { canaryMessage, confirmCanary, drillsOf } from '../keyring/keys-in-force.ts';
import { readPlaces } from '../keys/places.ts';
import type { Action } from './greffier.ts';
import { printRows } from './output.ts';
import { readSecret } from './secret.ts';
import { actor } from './wording.ts';

/** Adds the commands below `keys`. */
export function drillCommands(keys: Command, withAppliance: Action): void {
  const drill = keys
    .command('drill')
    .description('when each key was last shown to be at hand, and when it is due')
    .option('--json', 'as JSON')
    .action(({ json }) =>
      withAppliance(async (appliance) => {
        const { config, clock } = appliance;
        const drills = await drillsOf(appliance, await readPlaces(config.paths, clock()));
        const rows = drills.map((one) =>
          json
            ? { ...one }
            : {
                key: one.label,
                fingerprint: one.fingerprint,
                'last opened': one.lastOpenedAt ?? 'never',
                due: one.dueAt,
                overdue: one.overdue ? 'OVERDUE' : '',
              },
        );
        const columns = ['key', 'fingerprint', 'last opened', 'due', 'overdue'];
        printRows(rows, columns, json, 'no key is in force');
      }),
    );
  drill
    .command('show <fingerprint>')
    .description('the canary of a key: an armored message with a code in it')
    .action((fingerprint) =>
      withAppliance(async (appliance) =>
        console.log((await canaryMessage(appliance, fingerprint)).trimEnd()),
      ),
    );
  drill
    .command('confirm <fingerprint>')
    .description('say what the code was; it is read from standard input')
    .requiredOption('--code-stdin', 'read the code from standard input')
    .action((fingerprint) =>
      withAppliance(async (appliance) => {
        await confirmCanary(appliance, actor(), fingerprint, await readSecret());
        console.log(`the key ${fingerprint} is at hand`);
      }),
    );
}

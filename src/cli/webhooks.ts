// greffier webhooks list|dead|forget: programs that are told of what happens, and what they were not told.

import type { Command } from 'commander';
import { outboxesOf, webhooksInBrief } from '../webhooks-of-site.ts';
import type { Action } from './greffier.ts';
import { printRows } from './output.ts';
import { actor } from './wording.ts';

/** Adds the commands. */
export function webhooksCommands(program: Command, withAppliance: Action): void {
  const webhooks = program.command('webhooks').description('programs that are told of what happens');
  webhooks
    .command('list')
    .description('each webhook, with what waits, what was given up, and what is wrong')
    .option('--json', 'as JSON')
    .action(({ json }) =>
      withAppliance(async (appliance) => {
        const rows = (await webhooksInBrief(appliance)).map((hook) => ({ ...hook }));
        printRows(rows, ['id', 'waiting', 'dead', 'error'], json, 'there is no webhook');
      }),
    );
  webhooks
    .command('dead')
    .description('deliveries that were given up after a day, newest first: what they were about, and why')
    .option('--json', 'as JSON')
    .action(({ json }) =>
      withAppliance(async ({ config }) => {
        const hooks = await outboxesOf(config);
        const letters = hooks.map(async ({ id: webhook, outbox }) =>
          (await outbox.dead()).map((letter) => ({ webhook, ...letter })),
        );
        const rows = (await Promise.all(letters)).flat();
        printRows(rows, ['webhook', 'id', 'at', 'attempts', 'diedAt', 'error'], json, 'nothing was given up');
      }),
    );
  webhooks
    .command('forget')
    .description('forget what was given up, once somebody has seen to it')
    .action(() =>
      withAppliance(async ({ config, audit }) => {
        await audit.write({ actor: actor(), action: 'webhooks-forgotten', from: 'command line' });
        let forgotten = 0;
        for (const { outbox } of await outboxesOf(config)) forgotten += await outbox.forgetDead();
        console.log(`forgot ${forgotten}`);
      }),
    );
}

// greffier objections: the numbers that are never to be recorded again. A number is read from standard input: on a command
// line every user of the machine could see it.

import type { Command } from 'commander';
import type { Appliance } from '../appliance.ts';
import { GreffierError } from '../shared/errors.ts';
import type { Action } from './greffier.ts';
import { printFacts, printRows } from './output.ts';
import { readSecret } from './secret.ts';
import { actor } from './wording.ts';

/** Adds the commands. */
export function objectionsCommands(program: Command, withAppliance: Action): void {
  const objections = program
    .command('objections')
    .description('numbers that are never recorded again, whoever calls whom');
  objections
    .command('add')
    .description('put the number on standard input on the list; only a keyed hash of it is kept')
    .option('--request <id>', 'request of the rights desk that it follows from')
    .option('--json', 'as JSON')
    .action(({ request, json }) =>
      withAppliance(async (appliance) => printFacts(await add(appliance, request), json)),
    );
  objections
    .command('list')
    .description('when each was put on the list; whose number it is cannot be told')
    .option('--json', 'as JSON')
    .action(({ json }) =>
      withAppliance(async (appliance) => {
        const rows = (await appliance.objections.all()).map(({ id, at, request = '' }) => ({
          id,
          at,
          request,
        }));
        printRows(rows, ['id', 'at', 'request'], json, 'nobody is on the list');
      }),
    );
  objections
    .command('find')
    .description('whether the number on standard input is on the list')
    .option('--json', 'as JSON')
    .action(({ json }) =>
      withAppliance(async (appliance) => {
        const found = await appliance.objections.find(await readSecret());
        if (!found) process.exitCode = 1;
        printFacts(found ? { listed: true, id: found.id, at: found.at } : { listed: false }, json);
      }),
    );
  objections
    .command('remove <id>')
    .description('take an entry out: the person agrees to be asked again')
    .requiredOption('--reason <text>', 'why; goes into the audit log')
    .action((id, { reason }) => withAppliance((appliance) => remove(appliance, id, reason)));
}

async function add({ audit, objections }: Appliance, request: string | undefined): Promise<object> {
  const number = (await readSecret()).trim();
  const before = await objections.find(number);
  if (before) return { id: before.id, at: before.at, listed: 'before' };
  await audit.write({ actor: actor(), action: 'objection-added', ...(request && { subject: request }) });
  const { id, at } = await objections.add(number, { request });
  return { id, at };
}

async function remove({ audit, objections }: Appliance, id: string, reason: string): Promise<void> {
  if (!reason.trim())
    throw new GreffierError('no-reason', 'the reason is empty', { hint: 'write why it is taken out' });
  await audit.write({ actor: actor(), action: 'objection-removed', subject: id.slice(0, 36), reason });
  await objections.remove(id);
  console.log(`removed ${id}`);
}

// greffier users add: people are made here and nowhere else; there is no default account.

import { type Command, InvalidArgumentError } from 'commander';
import { openPeople } from '../access/people.ts';
import { ROLES, type Role } from '../access/roles.ts';
import type { Action } from './greffier.ts';
import { printFacts } from './output.ts';
import { readSecret } from './secret.ts';

/** Adds the commands on people. */
export function usersCommands(program: Command, withAppliance: Action): void {
  const users = program.command('users').description('people who may log in');
  users
    .command('add <name>')
    .description('add a person; the password is read from standard input')
    .requiredOption('--role <role...>', `one or more of ${ROLES.join(', ')}`, collectRole)
    .requiredOption('--password-stdin', 'read the password from standard input')
    .option('--totp', 'ask for a second factor; its secret is printed once')
    .option('--json', 'as JSON')
    .action((name, { role, totp, json }) =>
      withAppliance(async ({ config, clock, audit }) => {
        const people = await openPeople(config.state.access, clock);
        await audit.write({
          actor: process.env.SUDO_USER ?? 'root',
          action: 'user-added',
          reason: `${name}: ${role.join(', ')}`,
        });
        const totpSecret = await people.add(name, role, await readSecret(), Boolean(totp));
        printFacts({ user: name, roles: role, ...(totpSecret && { totpSecret }) }, json);
      }),
    );
}

function collectRole(value: string, before: Role[] = []): Role[] {
  if (!(ROLES as readonly string[]).includes(value))
    throw new InvalidArgumentError(`roles are ${ROLES.join(', ')}`);
  return [...before, value as Role];
}

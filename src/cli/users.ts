// greffier users: people who may log in. There is no default account; the installer invites the first one.

import { type Command, InvalidArgumentError } from 'commander';
import { createInvitations } from '../access/invitations.ts';
import { openPeople } from '../access/people.ts';
import { needsSecondFactor } from '../access/person.ts';
import { ROLES, type Role } from '../access/roles.ts';
import { openSessions } from '../access/sessions.ts';
import type { Appliance } from '../appliance.ts';
import { GreffierError } from '../shared/errors.ts';
import type { Action } from './greffier.ts';
import { printFacts, printRows } from './output.ts';
import { readSecret } from './secret.ts';
import { actor } from './wording.ts';

/** Adds the commands on people. */
export function usersCommands(program: Command, withAppliance: Action): void {
  const users = program.command('users').description('people who may log in');
  const roleOption = [`--role <role...>`, `one or more of ${ROLES.join(', ')}`] as const;
  users
    .command('list')
    .description('who may log in, and who is still expected')
    .option('--json', 'as JSON')
    .action(({ json }) =>
      withAppliance(async (appliance) => {
        const list = await (await peopleOf(appliance)).list();
        const rows = list.map((one) => ({
          ...one,
          roles: one.roles.join(' '),
          clients: one.clients?.join(' ') ?? 'all',
          totp: one.totp ? 'yes' : 'no',
        }));
        const columns = ['user', 'roles', 'clients', 'state', 'totp', 'recoveryCodesLeft'];
        printRows(
          json ? list.map((one) => ({ ...one })) : rows,
          columns,
          json,
          'nobody may log in: greffier users invite',
        );
      }),
    );
  users
    .command('invite <name>')
    .description('invite a person, who sets the own password and second factor; good for three days, once')
    .requiredOption(...roleOption, collectRole)
    .option('--unless-any', 'only when nobody may log in yet')
    .option('--json', 'as JSON')
    .action((name, { role, unlessAny, json }) =>
      withAppliance(async (appliance) => {
        if (unlessAny && (await (await peopleOf(appliance)).list()).length > 0) return;
        await told(appliance, 'user-invited', `${name}: ${role.join(', ')}`);
        const token = await (await invitationsOf(appliance)).invite(name, role);
        printInvitation(name, token, appliance, json);
      }),
    );
  users
    .command('reset <name>')
    .description('invite a person anew, who has lost password or second factor; the old ones go')
    .option('--json', 'as JSON')
    .action((name, { json }) =>
      withAppliance(async (appliance) => {
        await told(appliance, 'user-reset', name);
        const token = await (await invitationsOf(appliance)).inviteAnew(name);
        await endSessions(appliance, name);
        printInvitation(name, token, appliance, json);
      }),
    );
  users
    .command('roles <name>')
    .description('give a person other roles')
    .requiredOption(...roleOption, collectRole)
    .action((name, { role }) =>
      withAppliance(async (appliance) => {
        await told(appliance, 'user-roles', `${name}: ${role.join(', ')}`);
        await (await peopleOf(appliance)).change(name, () => ({ roles: role }));
        await endSessions(appliance, name);
        console.log(`${name}: ${role.join(', ')}`);
      }),
    );
  users
    .command('limit <name>')
    .description('a person sees what is of these clients, and nothing else')
    .option('--client <id...>', 'one or more clients of the settings')
    .option('--all', 'everything again')
    .action((name, { client, all }) => withAppliance((appliance) => limit(appliance, name, client, all)));
  users
    .command('remove <name>')
    .description('a person may log in no more')
    .action((name) =>
      withAppliance(async (appliance) => {
        await told(appliance, 'user-removed', name);
        await (await peopleOf(appliance)).remove(name);
        await endSessions(appliance, name);
        console.log(`removed ${name}`);
      }),
    );
  users
    .command('add <name>')
    .description('add a person without an invitation; the password is read from standard input')
    .requiredOption(...roleOption, collectRole)
    .requiredOption('--password-stdin', 'read the password from standard input')
    .option('--totp', 'with a second factor even where the role needs none; its secret is printed once')
    .option('--json', 'as JSON')
    .action((name, { role, totp, json }) =>
      withAppliance(async (appliance) => {
        await told(appliance, 'user-added', `${name}: ${role.join(', ')}`);
        const withTotp = Boolean(totp) || needsSecondFactor(role);
        const totpSecret = await (await peopleOf(appliance)).add(name, role, await readSecret(), withTotp);
        printFacts({ user: name, roles: role, ...(totpSecret && { totpSecret }) }, json);
      }),
    );
}

async function limit(appliance: Appliance, name: string, clients?: string[], all = false): Promise<void> {
  if (Boolean(clients) === all)
    throw new GreffierError('no-limit', 'say which clients, or --all', { hint: '--client ID, or --all' });
  const known = appliance.settings.data.clients.map(({ id }) => id);
  const strange = clients?.find((id) => !known.includes(id));
  if (strange !== undefined)
    throw new GreffierError('no-such-client', `no client ${strange}`, {
      hint: `clients are ${known.join(', ')}`,
    });
  const limit = clients?.join(', ') ?? 'all clients';
  await told(appliance, 'user-limited', `${name}: ${limit}`);
  await (await peopleOf(appliance)).change(name, () => ({ clients }));
  await endSessions(appliance, name);
  console.log(`${name}: ${limit}`);
}

const peopleOf = ({ config, clock }: Appliance) => openPeople(config.state.access, clock);

async function invitationsOf(appliance: Appliance) {
  return createInvitations(await peopleOf(appliance), appliance.clock);
}

function told({ audit }: Appliance, action: string, reason: string): Promise<void> {
  return audit.write({ actor: actor(), action, reason });
}

async function endSessions({ config, clock }: Appliance, user: string): Promise<void> {
  const sessions = await openSessions(config.state.access, clock);
  sessions.endAll(user);
  sessions.close();
}

/** The token stands behind #, which a browser sends to nobody. */
function printInvitation(user: string, token: string, { config }: Appliance, json: boolean): void {
  const path = `/enrol#${token}`;
  printFacts({ user, invitation: path, open: `https://this machine${portOf(config.web.port)}${path}` }, json);
}

function portOf(port: number): string {
  return port === 443 ? '' : `:${port}`;
}

function collectRole(value: string, before: Role[] = []): Role[] {
  if (!(ROLES as readonly string[]).includes(value))
    throw new InvalidArgumentError(`roles are ${ROLES.join(', ')}`);
  return [...before, value as Role];
}

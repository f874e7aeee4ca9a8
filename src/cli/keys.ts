// greffier keys list|import: the keys that recordings are sealed to, and the private ones that the box keeps for others
// without being able to use them.

import type { Command } from 'commander';
import { openPeople } from '../access/people.ts';
import type { Appliance } from '../appliance.ts';
import { keysOverview, type ShownKey } from '../keyring/keys-in-force.ts';
import { layOffered } from '../keyring/offering.ts';
import { admitKey } from '../keys/import.ts';
import { personalKeys } from '../keys/personal.ts';
import { layKey, readPlaces, refuseRetired } from '../keys/places.ts';
import { recipientsOfWrapped, wrappedKeys } from '../keys/wrapped.ts';
import { GreffierError } from '../shared/errors.ts';
import { drillCommands } from './drill.ts';
import type { Action } from './greffier.ts';
import { printFacts, printRows } from './output.ts';
import { asCaller } from './privileges.ts';
import { rotationCommands } from './rotation.ts';
import { actor, readAsCaller } from './wording.ts';

interface ImportOptions {
  recovery?: boolean;
  group?: string;
  wrapped?: string;
  personal?: string;
  replace?: boolean;
  json: boolean;
}

/** Adds the commands on keys. */
export function keysCommands(program: Command, withAppliance: Action): void {
  const keys = program.command('keys').description('keys that recordings are sealed to');
  keys
    .command('list')
    .description('recovery and group keys, fit or not, and how many recordings each opens')
    .option('--json', 'as JSON')
    .action(({ json }) => withAppliance((appliance) => list(appliance, json)));
  keys
    .command('import <file>')
    .description('check a key and put it in force')
    .option('--recovery', 'a public key that every recording is sealed to')
    .option('--group <id>', 'a public key of a recipient group')
    .option(
      '--wrapped <file>',
      'with --group: its private key, encrypted to the personal keys of the members',
    )
    .option('--personal <user>', 'the private key of a user, under the passphrase of that user')
    .option('--replace', 'with --personal: instead of another key')
    .option('--json', 'as JSON')
    .action((file, options) => withAppliance((appliance) => importKey(appliance, file, options)));
  keys
    .command('lay')
    .description(
      'put the keys in force that were offered in the browser; a unit of systemd does it by itself',
    )
    .option('--json', 'as JSON')
    .action(({ json }) =>
      withAppliance(async (appliance) => {
        const laid = await layOffered(appliance, asCaller);
        printRows(
          laid.map(({ path, refused, ...one }) => ({ ...one, state: refused ?? path ?? '' })),
          ['of', 'fingerprint', 'state'],
          json,
          'no key was offered',
        );
        if (laid.some(({ refused }) => refused)) process.exitCode = 1;
      }),
    );
  rotationCommands(keys, withAppliance);
  drillCommands(keys, withAppliance);
}

async function list(appliance: Appliance, json: boolean): Promise<void> {
  const { recovery, groups } = await keysOverview(appliance);
  const row = (of: string) => (key: ShownKey) => ({
    of,
    file: key.file,
    fingerprint: key.fingerprint,
    user: key.user,
    expires: key.expires ?? 'never',
    recordings: key.recordings,
    state: key.unfit ?? 'fit',
  });
  const rows = [
    ...recovery.map(row('recovery')),
    ...groups.flatMap(({ group, keys }) => keys.map(row(`group ${group}`))),
  ];
  const columns = ['of', 'file', 'fingerprint', 'user', 'expires', 'recordings', 'state'];
  printRows(rows, columns, json, 'no recovery key: nothing is recorded');
}

async function importKey(appliance: Appliance, file: string, options: ImportOptions): Promise<void> {
  const { recovery, group, personal, json } = options;
  const ways = [recovery, group, personal].filter((way) => way !== undefined);
  if (ways.length !== 1 || (options.wrapped !== undefined && group === undefined)) {
    throw new GreffierError(
      'bad-import',
      `${file} is imported ${ways.length === 0 ? 'as nothing' : 'twice'}`,
      {
        hint: 'say one of --recovery, --group ID (with --wrapped FILE or not) and --personal USER',
      },
    );
  }
  const content = await readAsCaller(file);
  if (personal !== undefined) printFacts(await importPersonal(appliance, personal, content, options), json);
  else printFacts(await importRecipient(appliance, file, content, options), json);
}

async function importPersonal(
  { config, clock, audit }: Appliance,
  user: string,
  content: Buffer,
  { replace = false }: ImportOptions,
): Promise<object> {
  if (!(await (await openPeople(config.state.access, clock)).find(user))) {
    throw new GreffierError('no-such-user', `nobody is called ${user}`, {
      hint: 'greffier users add makes a person',
    });
  }
  await audit.write({ actor: actor(), action: 'key-personal', reason: user });
  const key = await personalKeys(config.state.keys).keep(user, content.toString(), clock(), replace, actor());
  return { personal: user, fingerprint: key.fingerprint };
}

async function importRecipient(
  { config, clock, audit, settings }: Appliance,
  file: string,
  content: Buffer,
  { group, wrapped }: ImportOptions,
): Promise<object> {
  if (group !== undefined && !settings.data.recipient_groups.some(({ id }) => id === group)) {
    throw new GreffierError('no-such-group', `no recipient group ${group}`, {
      hint: 'recipient_groups of the settings names them: greffier policies show --yaml',
    });
  }
  const key = await admitKey(file, content, clock());
  const place = (await readPlaces(config.paths, clock())).find((one) => one.group === group);
  if (place) refuseRetired(place, key.fingerprint);
  const message = wrapped === undefined ? undefined : await readAsCaller(wrapped);
  const members = message && recipientsOfWrapped(message, await personalKeys(config.state.keys).all());
  const what = group === undefined ? 'recovery' : `group ${group}`;
  await audit.write({ actor: actor(), action: 'key-import', reason: `${what}: ${key.fingerprint}` });
  // First what opens it, then the key: from then on recordings are sealed to it.
  if (group !== undefined && message)
    await wrappedKeys(config.state.keys).keep({ group, fingerprint: key.fingerprint, wrapped: message });
  const { recoveryKeys, recipients } = config.paths;
  const folder = group === undefined ? recoveryKeys : `${recipients}/${group}`;
  const path = await asCaller(() => layKey(folder, key.fingerprint, key.armored));
  return { imported: path, fingerprint: key.fingerprint, user: key.user, ...(members && { members }) };
}

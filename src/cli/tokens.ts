// greffier tokens: tokens for programs. Made by a person, who proves it by password and second factor; listed and revoked
// by root.

import { type Command, InvalidArgumentError } from 'commander';
import { openPeople } from '../access/people.ts';
import { mayAs } from '../access/roles.ts';
import { insistOnClient, insistOnOwn } from '../access/token-routes.ts';
import { openTokens, SCOPES, type Scope, type Tokens } from '../access/tokens.ts';
import type { Appliance } from '../appliance.ts';
import { asPerson } from './as-person.ts';
import { moment } from './calls.ts';
import type { Action } from './greffier.ts';
import { printFacts, printRows } from './output.ts';
import { actor } from './wording.ts';

const DAY_MS = 86_400_000;
const COLUMNS = ['id', 'name', 'scopes', 'client', 'madeBy', 'expiresAt', 'lastUsedAt'];

/** Adds the commands on tokens. */
export function tokensCommands(program: Command, withAppliance: Action): void {
  const tokens = program.command('tokens').description('tokens for programs, which read and do nothing else');
  tokens
    .command('create <name>')
    .description('make a token, shown once; password and code of --as are read from standard input')
    .requiredOption('--as <user>', 'who makes it: it reads no more than that person may')
    .requiredOption('--scope <scope...>', `one or more of ${SCOPES.join(', ')}`, scope)
    .option('--client <id>', 'reads data of that client alone')
    .option('--expires <moment>', 'when it ends, within a year (ISO 8601); in 90 days when left out', moment)
    .option('--json', 'as JSON')
    .action((name, { as, json, ...wish }) =>
      withAppliance(async (appliance) => {
        const madeBy = await asPerson(appliance, as, 'tokens:manage');
        const expiresAt = wish.expires ?? new Date(appliance.clock().getTime() + 90 * DAY_MS).toISOString();
        const asked = { name, scopes: wish.scope as Scope[], client: wish.client ?? null, expiresAt, madeBy };
        const people = await openPeople(appliance.config.state.access, appliance.clock);
        const person = (await people.find(madeBy)) ?? { roles: [] };
        insistOnOwn(
          asked.scopes,
          SCOPES.filter((one) => mayAs(person, one)),
        );
        insistOnClient(asked.client, appliance.settings.data.clients);
        const reason = `${asked.scopes.join(', ')}${asked.client === null ? '' : ` of ${asked.client}`}, until ${expiresAt}`;
        await appliance.audit.write({
          actor: madeBy,
          action: 'token-made',
          subject: name,
          reason,
          from: 'command line',
        });
        const { token, secret } = await withTokens(appliance, (store) => store.make(asked));
        printFacts({ id: token.id, expiresAt, secret }, json);
      }),
    );
  tokens
    .command('list')
    .description('tokens there are, newest first, and when each was used last')
    .option('--json', 'as JSON')
    .action(({ json }) =>
      withAppliance(async (appliance) => {
        const all = await withTokens(appliance, (store) => store.list());
        const rows = all.map((token) => ({
          ...token,
          scopes: json ? token.scopes : token.scopes.join(' '),
          client: json ? token.client : (token.client ?? 'all'),
          lastUsedAt: json ? token.lastUsedAt : (token.lastUsedAt ?? 'never'),
        }));
        printRows(rows, COLUMNS, json, 'there are no tokens');
      }),
    );
  tokens
    .command('revoke <id>')
    .description('end a token at once')
    .action((id) =>
      withAppliance((appliance) =>
        withTokens(appliance, async (store) => {
          const { name } = store.one(id);
          const told = { subject: name, reason: id, from: 'command line' };
          await appliance.audit.write({ actor: actor(), action: 'token-revoked', ...told });
          store.revoke(id);
          console.log(`revoked ${id}`);
        }),
      ),
    );
}

async function withTokens<T>(
  { config, clock }: Appliance,
  work: (tokens: Tokens) => T | Promise<T>,
): Promise<T> {
  const tokens = await openTokens(config.state.access, clock);
  try {
    return await work(tokens);
  } finally {
    tokens.close();
  }
}

function scope(text: string, before: string[] = []): string[] {
  if (!(SCOPES as readonly string[]).includes(text))
    throw new InvalidArgumentError(`scopes are ${SCOPES.join(', ')}`);
  return [...new Set([...before, text])];
}

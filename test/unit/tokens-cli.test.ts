// Tokens at the shell: made by a person, who proves it there, listed and revoked by root.

import { PassThrough } from 'node:stream';
import { type Test, test } from 'tap';
import { openPeople } from '../../src/access/people.ts';
import type { Role } from '../../src/access/roles.ts';
import { openTokens } from '../../src/access/tokens.ts';
import { tokensCommands } from '../../src/cli/tokens.ts';
import { run } from './support/cli.ts';
import { openKeyWorld } from './support/keys.ts';
import { codeAt, PASSWORD } from './support/web.ts';
import { codeOf } from './support/world.ts';

/** An appliance with one person of these roles, who orders at the shell. */
async function world(t: Test, ...roles: Role[]) {
  const w = await openKeyWorld(t);
  Object.assign(w.settings.data, { clients: [{ id: 'dupont', name: 'Cabinet Dupont' }] });
  const folder = w.appliance.config.state.access;
  const people = await openPeople(folder, w.clock);
  const totp = (await people.add('marie', roles, PASSWORD, true)) ?? '';
  const tokens = await openTokens(folder, w.clock);
  t.teardown(() => tokens.close());
  const shell = (...words: string[]) => run(t, tokensCommands, w.appliance, 'tokens', ...words);

  /** Orders a token as marie, who types her password and the code of her telephone. */
  async function create(...words: string[]) {
    // A code is good once.
    w.clock.move(60_000);
    const typed = new PassThrough();
    typed.end(`${PASSWORD}\n${codeAt(totp, w.clock())}\n`);
    const before = Object.getOwnPropertyDescriptor(process, 'stdin') as PropertyDescriptor;
    Object.defineProperty(process, 'stdin', { ...before, get: () => typed });
    try {
      const { out } = await shell('create', '--as', 'marie', '--json', ...words);
      return JSON.parse(out) as { id: string; expiresAt: string; secret: string };
    } finally {
      Object.defineProperty(process, 'stdin', before);
    }
  }
  return { w, people, tokens, shell, create };
}

test('whoever makes a token proves who it is, is told its secret once, and is on record', async (t) => {
  const { w, tokens, shell, create } = await world(t, 'manager');
  const { id, secret, expiresAt } = await create(
    'crm',
    '--scope',
    'recordings:list',
    'api:read',
    '--client',
    'dupont',
  );
  t.match(tokens.use(secret), {
    id,
    client: 'dupont',
    madeBy: 'marie',
    scopes: ['recordings:list', 'api:read'],
  });
  t.equal(Date.parse(expiresAt) - w.clock().getTime(), 90 * 86_400_000, 'in 90 days when nothing is said');
  const { out } = await shell('list', '--json');
  t.match(JSON.parse(out), [{ id, name: 'crm', client: 'dupont', lastUsedAt: w.clock().toISOString() }]);
  t.notMatch(out, secret);
  const made = (await w.audit.entries()).find(({ action }) => action === 'token-made');
  t.match(made, {
    actor: 'marie',
    subject: 'crm',
    from: 'command line',
    reason: /recordings:list, api:read of dupont/,
  });
});

test('it reads no more than that person may, of clients that are there, and not of one what tells of all', async (t) => {
  const { create, people, tokens } = await world(t, 'it-admin');
  t.equal(await codeOf(() => create('crm', '--scope', 'recordings:list')), 'not-yours-to-give');
  t.equal(await codeOf(() => create('crm', '--scope', 'api:read', '--client', 'nobody')), 'no-such-client');
  t.equal(await codeOf(() => create('crm', '--scope', 'health:read', '--client', 'dupont')), 'not-by-client');
  t.equal(
    await codeOf(() => create('crm', '--scope', 'health:read', '--expires', '2030-01-01')),
    'bad-expiry',
  );
  await people.change('marie', () => ({ roles: ['quality'] }));
  t.equal(await codeOf(() => create('crm', '--scope', 'api:read')), 'forbidden', 'a role that makes none');
  await people.change('marie', () => ({ roles: ['manager'], clients: ['dupont'] }));
  t.equal(
    await codeOf(() => create('crm', '--scope', 'api:read')),
    'forbidden',
    'nor whoever is limited to clients',
  );
  t.same(tokens.list(), []);
});

test('a scope that a token cannot have is refused before anybody is asked who it is', async (t) => {
  const { shell } = await world(t, 'manager');
  await t.rejects(shell('create', 'crm', '--as', 'marie', '--scope', 'recordings:play'), {
    code: 'commander.invalidArgument',
  });
});

test('a token that is revoked is good no more, and one that is not there is named as such', async (t) => {
  const { w, shell, create, tokens } = await world(t, 'manager');
  const { id, secret } = await create('crm', '--scope', 'api:read');
  t.equal((await shell('revoke', id)).out, `revoked ${id}\n`);
  t.equal(tokens.use(secret), undefined);
  t.equal(await codeOf(() => shell('revoke', id)), 'no-such-token');
  t.match((await shell('list')).err, /there are no tokens/);
  const revoked = (await w.audit.entries()).filter(({ action }) => action === 'token-revoked');
  t.match(revoked, [{ subject: 'crm', reason: id, from: 'command line' }]);
});

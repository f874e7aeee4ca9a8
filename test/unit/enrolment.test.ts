// Nobody has an account by default: who is invited sets the own password and second factor, once (OWASP ASVS 5.0, 6.4.1).

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Test, test } from 'tap';
import { createInvitations } from '../../src/access/invitations.ts';
import { openKeyWorld } from './support/keys.ts';
import { codeAt, openWeb, PASSWORD } from './support/web.ts';

const DAY = 86_400_000;

async function world(t: Test) {
  const w = await openKeyWorld(t);
  const web = await openWeb(t, w.appliance, w.root, w.clock);
  const invitations = createInvitations(web.people, w.clock);
  return { ...w, ...web, invitations };
}

test('the first person comes by a token that is good once, and chooses password and second factor', async (t) => {
  const { invitations, ask, clock, people, root } = await world(t);
  const token = await invitations.invite('igor', ['it-admin']);
  t.notOk(
    (await readFile(join(root, 'access', 'people.json'), 'utf8')).includes(token),
    'only its hash is kept',
  );
  t.equal((await people.find('igor')) ?? null, null, 'until then nobody of that name can log in');
  const looked = await ask('POST', '/api/enrolment', { token });
  t.match(looked, {
    status: 200,
    body: { user: 'igor', roles: ['it-admin'], totp: { address: /^otpauth:/ } },
  });
  const { secret } = looked.body.totp;
  const complete = (totp: string) =>
    ask('POST', '/api/enrolment/complete', { token, password: PASSWORD, totp });
  t.match(await complete('000000'), { status: 400, body: { error: { code: 'wrong-totp' } } });
  const done = await complete(codeAt(secret, clock()));
  t.match(done, { status: 201, body: { user: 'igor' } });
  t.equal(new Set(done.body.recoveryCodes).size, 10);
  t.match(await complete(codeAt(secret, clock())), {
    status: 403,
    body: { error: { code: 'bad-invitation' } },
  });
  clock.move(30_000);
  const credentials = { user: 'igor', password: PASSWORD, totp: codeAt(secret, clock()) };
  t.match(await ask('POST', '/api/session', credentials), {
    status: 200,
    body: { user: 'igor', permissions: ['keys:read', 'keys:recovery', /./] },
  });
});

test('a recovery code lets in without the telephone, once', async (t) => {
  const { invitations, ask, clock } = await world(t);
  const token = await invitations.invite('igor', ['it-admin']);
  const { secret } = (await ask('POST', '/api/enrolment', { token })).body.totp;
  const body = { token, password: PASSWORD, totp: codeAt(secret, clock()) };
  const { recoveryCodes } = (await ask('POST', '/api/enrolment/complete', body)).body;
  const logIn = (totp: string) => ask('POST', '/api/session', { user: 'igor', password: PASSWORD, totp });
  t.equal((await logIn(recoveryCodes[3].toUpperCase())).status, 200);
  t.equal((await logIn(recoveryCodes[3])).status, 401, 'it was used');
  t.equal((await logIn(recoveryCodes[4].replaceAll('-', ''))).status, 200, 'hyphens are for the eye');
});

test('an invitation ends after three days, and a new one ends the one before and all sessions', async (t) => {
  const { invitations, ask, clock, people, sessions } = await world(t);
  const token = await invitations.invite('claire', ['agent']);
  clock.move(3 * DAY);
  t.equal((await ask('POST', '/api/enrolment', { token })).status, 403);
  t.match(await people.list(), [{ user: 'claire', state: 'invitation-expired' }]);
  const second = await invitations.inviteAnew('claire');
  const done = await ask('POST', '/api/enrolment/complete', { token: second, password: PASSWORD });
  t.match(done, { status: 201, body: { recoveryCodes: [] } }, 'an agent needs no second factor');
  const session = sessions.begin('claire');
  const third = await invitations.inviteAnew('claire');
  await t.rejects(people.authenticate('claire', PASSWORD, undefined), { code: 'wrong-credentials' });
  await ask('POST', '/api/enrolment/complete', { token: third, password: `${PASSWORD}!` });
  t.equal(sessions.user(session), undefined);
  await t.rejects(invitations.look(second), { code: 'bad-invitation' });
});

test('a listening or admin role does not get in without a second factor', async (t) => {
  const { people } = await world(t);
  for (const role of ['supervisor', 'manager', 'quality', 'dpo', 'it-admin'] as const) {
    await people.add(role, [role], PASSWORD, false);
    await t.rejects(people.authenticate(role, PASSWORD, undefined), { code: 'totp-not-set' }, role);
  }
  await people.add('agent', ['agent'], PASSWORD, false);
  t.same(await people.authenticate('agent', PASSWORD, undefined), { user: 'agent', roles: ['agent'] });
});

test('an IT admin invites, resets and removes, after the second factor once more, and never oneself', async (t) => {
  const { person, people, sessions, audit } = await world(t);
  const igor = await person('igor', ['it-admin']);
  const claire = { user: 'claire', roles: ['manager'] };
  t.match(await igor('POST', '/api/people', claire), {
    status: 403,
    body: { error: { code: 'step-up-needed' } },
  });
  const paul = await person('paul', ['it-admin'], { steppedUp: true });
  const invited = await paul('POST', '/api/people', claire);
  t.match(invited, { status: 201, body: { token: /^[\w-]{32}$/ } });
  t.match((await paul('GET', '/api/people')).body.people[2], {
    user: 'claire',
    state: 'invited',
    totp: false,
  });
  t.equal((await paul('PUT', '/api/people/paul/roles', { roles: ['manager'] })).status, 409);
  const session = sessions.begin('igor');
  t.equal((await paul('PUT', '/api/people/igor/roles', { roles: ['dpo'] })).status, 204);
  t.equal(sessions.user(session), undefined, 'other roles, other session');
  t.equal((await paul('DELETE', '/api/people/claire')).status, 204);
  t.equal((await paul('DELETE', '/api/people/claire')).status, 404);
  t.equal((await people.list()).length, 2);
  const told = (await audit.entries())
    .map(({ action }) => action)
    .filter((action) => action.startsWith('user-'));
  t.same(told, ['user-invited', 'user-roles', 'user-removed', 'user-removed']);
});

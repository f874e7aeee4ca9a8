// Who may change the settings over the web, and what becomes of a change that somebody else has overtaken.

import { test } from 'tap';
import { stringify } from 'yaml';
import { applySettings } from '../../src/apply.ts';
import { changed, lawful, set } from './support/policies.ts';
import { openSettingsWeb } from './support/settings-web.ts';

const edit = (section: string, key: string, value: object | null) => ({ section, key, value });
const quality = (fields: object) => ({ ...lawful().policies[0], ...fields });
const line = (fields: object) => ({ ...lawful().lines[0], ...fields });

test('an IT admin changes where calls go, and never whether they are recorded', async (t) => {
  const w = await openSettingsWeb(t);
  const apply = async (...edits: object[]) =>
    w.admin('POST', '/api/policies/apply', { base: await w.base(), edits });
  const queue = { ...lawful().queues[0], timeout_seconds: 200 };
  const telephony = await apply(
    edit('lines', '+33123456701', line({ name: 'Standard', destination: { queue: 'desk' } })),
    edit('queues', 'desk', queue),
  );
  t.equal(telephony.status, 200);
  for (const [what, refused] of Object.entries({
    share: edit('policies', 'quality', quality({ share: 20 })),
    'another policy': edit('lines', '+33123456701', line({ policy: 'never' })),
    'a line less': edit('lines', '+33123456702', null),
    'a new client': edit('clients', 'three', { id: 'three', name: 'Trois', contact: 'trois@example.org' }),
  }))
    t.match(await apply(refused), { status: 403, body: { error: { code: 'forbidden' } } }, what);
  const draft = changed(set(3, 'people', { staff_rep: false }));
  const yaml = stringify({ ...w.appliance.settings.data, people: draft.people });
  const person = await w.admin('POST', '/api/policies/apply', { base: await w.base(), yaml });
  t.equal(person.body.error.code, 'forbidden');
  t.equal((await w.told('policies-applied')).length, 1);
  t.match((await w.told('refused')).at(-1), { actor: 'ivan', reason: 'policies:decide' });
});

test('applying asks for the second factor once more, planning does not', async (t) => {
  const w = await openSettingsWeb(t);
  const manager = w.again('marie');
  const wish = { base: await w.base(), edits: [edit('policies', 'quality', quality({ share: 20 }))] };
  t.equal((await manager('POST', '/api/policies/plan', wish)).status, 200);
  t.equal((await manager('POST', '/api/policies/apply', wish)).body.error.code, 'step-up-needed');
  t.same(await w.told('policies-applied'), []);
});

test('a login that is limited to a client sees none of it (C34)', async (t) => {
  const w = await openSettingsWeb(t);
  await w.people.change('marie', () => ({ clients: ['one'] }));
  for (const path of ['/api/policies', '/api/policies/history', '/api/announcements'])
    t.equal((await w.manager('GET', path)).body.error.code, 'forbidden', path);
});

test('what was changed on the machine meanwhile is not changed back unseen', async (t) => {
  const w = await openSettingsWeb(t);
  const base = await w.base();
  await applySettings(await w.another(), changed(set(0, 'policies', { share: 12 })), 'root');
  const wish = { base, edits: [edit('lines', '+33123456701', line({ name: 'Standard' }))] };
  for (const step of ['plan', 'apply'])
    t.match(await w.manager('POST', `/api/policies/${step}`, wish), {
      status: 409,
      body: { error: { code: 'settings-changed', hint: /plan again/ } },
    });
  const again = await w.manager('POST', '/api/policies/apply', { ...wish, base: await w.base() });
  t.equal(again.status, 200);
  const { policies, lines } = (await w.another()).settings.data;
  t.match([policies[0]?.share, lines[0]?.name], [12, 'Standard'], 'both changes are there');
});

// The first recovery key by the web: checked, written down, laid by root, and no second one beside it.

import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Test, test } from 'tap';
import { keysCommands } from '../../src/cli/keys.ts';
import { offeredKeys } from '../../src/keys/offered.ts';
import { recipientsOf } from '../../src/keys/recipients.ts';
import { sealableUntil } from '../../src/keys/recovery.ts';
import { run } from './support/cli.ts';
import { lay, oldEnough } from './support/keys.ts';
import { layAll, openShared } from './support/shared-keys.ts';

async function world(t: Test) {
  const opened = await openShared(t);
  const igor = await opened.person('igor', ['it-admin'], { steppedUp: true });
  const offer = (armored: string) => igor('POST', '/api/keys/recovery', { armored });
  return { ...opened, igor, offer };
}

test('a box without a recovery key records nothing, and says what is left to do', async (t) => {
  const { w, igor } = await world(t);
  const { recoveryKeys } = w.appliance.config.paths;
  const { keys } = await recipientsOf(w.appliance.config.paths, { recipients: ['team'] }, w.clock());
  t.same(keys, [], 'there is nobody to seal to');
  t.equal(sealableUntil(keys), null, 'so nothing may be captured');
  await lay(w, 'recipients/team', await oldEnough('Team'));
  const team = await recipientsOf(w.appliance.config.paths, { recipients: ['team'] }, w.clock());
  t.same(team.keys, [], 'a key of a group alone does not do');
  t.same(await readdir(recoveryKeys), []);
  t.match((await igor('GET', '/api/keys/setup')).body, {
    site: 'Démonstration',
    recovery: 'missing',
    fingerprint: null,
    policies: true,
    announcements: false,
    recorded: false,
    secondPerson: false,
  });
});

test('a recovery key made in the browser comes into force by the hand of root, and is in the audit log before', async (t) => {
  const { w, igor, offer } = await world(t);
  const key = await oldEnough('Recovery');
  const fingerprint = key.privateKey.getFingerprint();
  t.match(await offer(key.armoredPublic), { status: 202, body: { fingerprint } });
  t.match((await igor('GET', '/api/keys/setup')).body, { recovery: 'waiting', fingerprint });
  t.same(await readdir(w.at('etc', 'recovery')), [], 'the daemon lays nothing itself');
  t.match(await w.audit.entries(), [
    { actor: 'igor', action: 'key-offered', reason: `recovery: ${fingerprint}` },
  ]);
  const { out } = await run(t, keysCommands, w.appliance, 'keys', 'lay', '--json');
  const path = w.at('etc', 'recovery', `${fingerprint}.asc`);
  t.match(JSON.parse(out), [{ of: 'recovery', fingerprint, state: path }]);
  t.equal((await stat(path)).mode & 0o777, 0o640);
  t.notMatch(await readFile(path, 'utf8'), /PRIVATE/);
  t.match((await igor('GET', '/api/keys/setup')).body, { recovery: 'in-force', fingerprint });
  t.same(await offeredKeys(w.appliance.config.state.keys).all(), [], 'the offer is dealt with');
  t.match((await w.audit.entries()).at(-1), { actor: 'igor', action: 'key-import' });
  const { keys } = await recipientsOf(w.appliance.config.paths, undefined, w.clock());
  t.match(keys, [{ fingerprint }]);
});

test('a private key, an unfit one or nonsense is refused at the door, and nothing of it is kept', async (t) => {
  const { w, offer } = await world(t);
  const key = await oldEnough('Recovery');
  for (const armored of [
    key.armoredPrivate,
    'hello',
    `${key.armoredPublic}\n${(await oldEnough('x')).armoredPublic}`,
  ])
    t.match(await offer(armored), { status: 400, body: { error: { code: 'unfit-key' } } });
  t.same(await offeredKeys(w.appliance.config.state.keys).all(), []);
  t.same(
    (await w.audit.entries()).filter(({ action }) => action === 'key-offered'),
    [],
  );
});

test('where a key is in force the web puts no other beside it, not even with an offer laid by hand', async (t) => {
  const { w, offer } = await world(t);
  const [first, second] = [await oldEnough('First'), await oldEnough('Second')];
  await offer(first.armoredPublic);
  await offer(second.armoredPublic);
  const laid = await layAll(w);
  t.equal(laid.filter(({ path }) => path).length, 1, 'the first that is laid');
  t.match(
    laid.find(({ path }) => !path),
    { refused: /has key .* already/ },
  );
  t.match(await w.alarms.latest(5), [{ code: 'key.refused' }]);
  t.match(await offer(second.armoredPublic), { status: 409, body: { error: { code: 'key-in-force' } } });
  // A daemon that was taken over could write this file.
  const evil = await oldEnough('Evil');
  const fingerprint = evil.privateKey.getFingerprint();
  const forged = { group: null, fingerprint, armored: evil.armoredPublic, at: '', by: 'igor' };
  await writeFile(join(w.at('keys', 'offered'), `recovery.${fingerprint}.json`), JSON.stringify(forged));
  t.match(await layAll(w), [{ path: null, refused: /already/ }]);
  t.equal((await readdir(w.at('etc', 'recovery'))).length, 1);
});

test('a group of the offer cannot lead out of the folder of groups', async (t) => {
  const { w } = await world(t);
  const key = await oldEnough('Evil');
  const fingerprint = key.privateKey.getFingerprint();
  await offeredKeys(w.appliance.config.state.keys).put({
    group: 'team',
    fingerprint,
    armored: key.armoredPublic,
    at: '',
    by: 'x',
  });
  const forged = { group: '../recovery', fingerprint, armored: key.armoredPublic, at: '', by: 'x' };
  await writeFile(join(w.at('keys', 'offered'), `group-x.${fingerprint}.json`), JSON.stringify(forged));
  const laid = await layAll(w);
  t.match(
    laid.find(({ of }) => of.includes('..')),
    { path: null, refused: /no recipient group/ },
  );
  t.same(await readdir(w.at('etc', 'recovery')), []);
});

test('the first recovery key is for the IT admin and the manager, and takes the second factor once more', async (t) => {
  const { w, person, again } = await world(t);
  const { armoredPublic: armored } = await oldEnough('Recovery');
  t.match(await again('igor')('POST', '/api/keys/recovery', { armored }), {
    status: 403,
    body: { error: { code: 'step-up-needed' } },
  });
  for (const role of ['agent', 'supervisor', 'quality', 'dpo'] as const) {
    const ask = await person(`a-${role}`, [role], { steppedUp: true });
    t.match(await ask('POST', '/api/keys/recovery', { armored }), {
      status: 403,
      body: { error: { code: 'forbidden' } },
    });
    t.match(await ask('GET', '/api/keys/setup'), { status: 403 });
  }
  t.same(await offeredKeys(w.appliance.config.state.keys).all(), []);
});

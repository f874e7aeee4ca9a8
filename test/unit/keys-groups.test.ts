// Group keys shared by their members: the box moves packets that it cannot open, and only those it should.

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decrypt, readMessage, readPrivateKey } from 'openpgp';
import { test } from 'tap';
import { encryptionId, keepSealed, lay, oldEnough } from './support/keys.ts';
import { gpgHome, sqOpens } from './support/peers.ts';
import {
  type Holder,
  layAll,
  newGroup,
  openShared,
  PASSPHRASE,
  packetFor,
  personal,
  unlocked,
  wrapTo,
} from './support/shared-keys.ts';

const GROUP = '/api/keys/groups/team';
const refusal = (status: number, code: string) => ({ status, body: { error: { code } } });
const wrappedOf = async ({ ask }: Pick<Holder, 'ask'>) =>
  (await ask('GET', '/api/keys/mine')).body.groups[0]?.wrapped;

test('a group key made by one member opens recordings for each, with the personal passphrase alone, in gpg and sq too', async (t) => {
  const { w, holder } = await openShared(t);
  const recovery = await oldEnough('Recovery');
  await lay(w, 'recovery', recovery);
  const [marie, paul] = [await holder('marie'), await holder('paul', ['quality'])];
  const { team, body, fingerprint } = await newGroup([marie, paul]);
  t.match(await marie.ask('POST', GROUP, body), { status: 202, body: { fingerprint } });
  t.match((await marie.ask('GET', '/api/keys/groups')).body.groups, [
    { group: 'team', offered: fingerprint, keys: [] },
  ]);
  t.match(await layAll(w), [{ of: 'group team', fingerprint, refused: null }]);
  t.match((await marie.ask('GET', '/api/keys/groups')).body.groups, [
    {
      name: 'Équipe',
      offered: null,
      keys: [
        {
          fingerprint,
          unfit: null,
          members: [
            { user: 'marie', key: 'present' },
            { user: 'paul', key: 'present' },
          ],
        },
      ],
    },
  ]);
  const { sealed } = await keepSealed(t, w, [recovery, team]);
  for (const member of [marie, paul]) {
    const { personal: kept, groups } = (await member.ask('GET', '/api/keys/mine')).body;
    t.match(kept, /PRIVATE KEY BLOCK/);
    const wrapped = Buffer.from(groups[0].wrapped, 'base64');
    const message = await readMessage({ binaryMessage: Uint8Array.from(wrapped) });
    const { data } = await decrypt({ message, decryptionKeys: await unlocked(member) });
    t.equal((await readPrivateKey({ armoredKey: `${data}` })).getFingerprint(), fingerprint);
    const gpg = await gpgHome(t);
    t.equal((await gpg(['--passphrase', PASSPHRASE, '--import'], kept)).exitCode, 0);
    const opened = await gpg(['--passphrase', PASSPHRASE, '--decrypt'], wrapped);
    t.match(Buffer.from(opened.stdout).toString(), /BEGIN PGP PRIVATE KEY BLOCK/);
    t.equal((await gpg(['--passphrase', '', '--import'], opened.stdout)).exitCode, 0);
    const parts = ['header.pgp', 'body.pgp'].map((name) => readFile(join(sealed.folder, name)));
    const recording = Buffer.concat(await Promise.all(parts));
    t.equal((await gpg(['--passphrase', '', '--decrypt'], recording)).exitCode, 0);
    t.ok(await sqOpens(t, `${data}`, recording));
  }
  t.match((await w.audit.entries()).at(-2), {
    actor: 'marie',
    action: 'key-shared',
    reason: `group team: ${fingerprint} to marie ${marie.fingerprint}, paul ${paul.fingerprint}`,
  });
});

test('a member shares with somebody who comes, and takes away from somebody who goes', async (t) => {
  const { w, holder } = await openShared(t);
  const [marie, zoe] = [await holder('marie'), await holder('zoe', ['dpo'])];
  const { body, fingerprint: key } = await newGroup([marie]);
  await marie.ask('POST', GROUP, body);
  await layAll(w);
  t.same((await zoe.ask('GET', '/api/keys/mine')).body.groups, []);
  const packet = await packetFor(await wrappedOf(marie), marie, zoe.key);
  const wish = { key, user: 'zoe', fingerprint: zoe.fingerprint, packet };
  t.equal((await marie.ask('POST', `${GROUP}/members`, wish)).status, 204);
  const message = await readMessage({
    binaryMessage: Uint8Array.from(Buffer.from(await wrappedOf(zoe), 'base64')),
  });
  t.match((await decrypt({ message, decryptionKeys: await unlocked(zoe) })).data, /PRIVATE KEY BLOCK/);
  t.equal((await zoe.ask('DELETE', `${GROUP}/members/marie`)).status, 204);
  t.same((await marie.ask('GET', '/api/keys/mine')).body.groups, []);
  t.match(await zoe.ask('DELETE', `${GROUP}/members/zoe`), refusal(409, 'last-member'));
  t.match(await zoe.ask('DELETE', `${GROUP}/members/marie`), refusal(404, 'no-such-member'));
  const trail = (await w.audit.entries()).map(({ actor, action }) => `${actor} ${action}`);
  t.same(trail.slice(-2), ['marie key-shared', 'zoe key-unshared']);
});

test('what is wrapped to another key than it says is refused, and nothing changes', async (t) => {
  const { w, holder } = await openShared(t);
  const [marie, paul, zoe] = [await holder('marie'), await holder('paul'), await holder('zoe')];
  const eve = await personal('eve');
  const { team, body, fingerprint: key } = await newGroup([marie]);
  const offer = (changed: object) => marie.ask('POST', GROUP, { ...body, ...changed });
  const bad = refusal(400, 'bad-wrapped-key');
  t.match(await offer({ wrapped: await wrapTo(team, eve) }), bad, 'to nobody’s key');
  t.match(await offer({ wrapped: await wrapTo(team, paul.key) }), bad, 'to another than the named');
  t.match(
    await offer({ wrapped: Buffer.from(team.armoredPrivate).toString('base64') }),
    bad,
    'not wrapped at all',
  );
  t.match(await offer({ wrapped: Buffer.from(team.privateKey.write()).toString('base64') }), bad);
  t.match(await offer({ armored: team.armoredPrivate }), refusal(400, 'unfit-key'), 'the private part');
  t.match(
    await offer({ members: [{ user: 'marie', fingerprint: paul.fingerprint }] }),
    refusal(409, 'personal-key-changed'),
  );
  t.equal((await offer({})).status, 202);
  await layAll(w);
  t.match(await offer((await newGroup([marie])).body), refusal(409, 'key-in-force'), 'another beside it');
  const before = await wrappedOf(marie);
  const add = async (changed: object, who = marie) =>
    who.ask('POST', `${GROUP}/members`, {
      key,
      user: 'paul',
      fingerprint: paul.fingerprint,
      packet: await packetFor(before, marie, paul.key),
      ...changed,
    });
  t.match(await add({ packet: await packetFor(before, marie, eve) }), bad, 'a packet for a stranger');
  t.match(await add({ packet: await packetFor(before, marie, zoe.key) }), bad, 'a packet for somebody else');
  t.match(await add({ packet: before }), bad, 'a whole message');
  t.match(await add({ fingerprint: zoe.fingerprint }), refusal(409, 'personal-key-changed'));
  t.match(await add({}, zoe), refusal(403, 'not-a-member'), 'by somebody who cannot open it');
  t.match(await add({ key: 'a'.repeat(40) }), refusal(404, 'no-such-key'));
  t.equal(await wrappedOf(marie), before);
  t.equal((await add({})).status, 204);
  const after = Buffer.from(await wrappedOf(marie), 'base64');
  t.ok(after.includes(Buffer.from(await encryptionId(paul.key), 'hex')));
});

test('an agent, a stranger to the client and who may not play are given no key; each change takes the second factor', async (t) => {
  const { w, holder, person, again, people } = await openShared(t);
  Object.assign(w.settings.data.recipient_groups[0] ?? {}, { client: 'demo' });
  const [marie, paul] = [await holder('marie'), await holder('paul')];
  const { body, fingerprint: key } = await newGroup([marie, paul]);
  await people.change('paul', () => ({ roles: ['agent'] }));
  t.match(await marie.ask('POST', GROUP, body), refusal(409, 'not-entitled'), 'an agent');
  await people.change('paul', () => ({ roles: ['manager'], clients: ['other'] }));
  t.match(await marie.ask('POST', GROUP, body), refusal(409, 'not-entitled'), 'of another client');
  const { body: own } = await newGroup([marie]);
  t.match(await again('marie')('POST', GROUP, own), refusal(403, 'step-up-needed'));
  t.equal((await marie.ask('POST', GROUP, body)).status, 409);
  for (const role of ['agent', 'supervisor', 'quality', 'it-admin'] as const) {
    const ask = await person(`a-${role}`, [role], { steppedUp: true });
    t.match(await ask('POST', GROUP, own), refusal(403, 'forbidden'), role);
    t.match(await ask('DELETE', `${GROUP}/members/marie`), refusal(403, 'forbidden'), role);
  }
  const wish = { key, user: 'marie', fingerprint: marie.fingerprint, packet: 'AAAA' };
  t.match(await again('marie')('POST', `${GROUP}/members`, wish), refusal(403, 'step-up-needed'));
  t.match(await again('marie')('DELETE', `${GROUP}/members/paul`), refusal(403, 'step-up-needed'));
  t.match(await marie.ask('POST', '/api/keys/groups/none', own), refusal(404, 'no-such-group'));
});

test('a personal key that was replaced or swapped shows: since when, by whom, and who opens the group’s no more', async (t) => {
  const { w, holder, again } = await openShared(t);
  const [marie, paul] = [await holder('marie'), await holder('paul')];
  await marie.ask('POST', GROUP, (await newGroup([marie, paul])).body);
  await layAll(w);
  const overview = async () => (await marie.ask('GET', '/api/keys/groups')).body;
  const of = async (user: string) =>
    (await overview()).people.find((one: { user: string }) => one.user === user);
  t.match(await of('paul'), { fingerprint: paul.fingerprint, by: 'paul', since: /^2026-11-22/, before: [] });
  const other = await personal('paul');
  const armored = other.armoredPrivate;
  t.match(
    await again('paul')('PUT', '/api/keys/mine', { armored, replace: true }),
    refusal(403, 'step-up-needed'),
  );
  t.match(await paul.ask('PUT', '/api/keys/mine', { armored }), refusal(409, 'personal-key-exists'));
  w.clock.move(60_000);
  t.equal((await paul.ask('PUT', '/api/keys/mine', { armored, replace: true })).status, 204);
  const fingerprint = other.privateKey.getFingerprint();
  t.match(await of('paul'), { fingerprint, by: 'paul', before: [{ fingerprint: paul.fingerprint }] });
  t.match((await w.audit.entries()).at(-1), {
    action: 'key-personal',
    reason: `paul: ${paul.fingerprint} → ${fingerprint}`,
  });
  t.match((await overview()).groups[0].keys[0].members, [{ user: 'marie' }, { user: 'paul', key: 'former' }]);
  // Whoever has the disk lays another one by hand: nobody is named for it.
  await writeFile(w.at('keys', 'personal', 'paul.asc'), (await personal('paul')).armoredPrivate);
  const swapped = await of('paul');
  t.match(swapped, { by: null, since: null });
  t.same(
    swapped.before.map((one: { fingerprint: string }) => one.fingerprint),
    [paul.fingerprint, fingerprint],
  );
});

// What the browser's worker does with keys, by itself: what it makes is what the box takes and gpg opens, and what is not
// what it is said to be is refused before anything is wrapped to it.

import { decrypt, readKey, readMessage, readPrivateKey } from 'openpgp';
import { test } from 'tap';
import { admitKey } from '../../src/keys/import.ts';
import { whyNotKept } from '../../src/keys/personal.ts';
import { make, protect, prove } from '../../web/src/keys/making.ts';
import { makeGroup, share } from '../../web/src/keys/sharing.ts';
import { strengthOf } from '../../web/src/keys/strength.ts';
import { keyOf, unlock } from '../../web/src/keys/unlocked.ts';
import { gpgHome } from './support/peers.ts';
import { makeKey } from './support/world.ts';

const [FIRST, SECOND] = ['tambour orage citron plume', 'brouette safran nuage chemise'];
const made = (name: string) => make({ name, passphrase: FIRST, years: null });
const personOf = ({ fingerprint, publicKey }: { fingerprint: string; publicKey: string }) => ({
  fingerprint,
  armored: publicKey,
});

/** Code of the refusal. */
const refused = (work: Promise<unknown>) =>
  work.then(
    () => 'nothing was refused',
    (error) => error.code,
  );

test('a key that the browser makes is one that the box keeps, and gpg opens', async (t) => {
  const key = await made('marie');
  const now = new Date();
  t.equal(await whyNotKept(await readPrivateKey({ armoredKey: key.privateKey }), now), undefined);
  t.equal((await admitKey('marie', Buffer.from(key.publicKey), now)).fingerprint, key.fingerprint);
  const gpg = await gpgHome(t);
  t.equal((await gpg(['--passphrase', FIRST, '--import'], key.privateKey)).exitCode, 0);
});

test('the saved copy is proven by opening something; another file or passphrase proves nothing', async (t) => {
  const [key, other] = [await made('marie'), await made('paul')];
  const proof = (armored: string, passphrase: string) =>
    refused(prove({ armored, passphrase, publicKey: key.publicKey }));
  t.equal(await proof(key.privateKey, FIRST), 'nothing was refused');
  t.equal(await proof(key.privateKey, SECOND), 'wrong-passphrase');
  t.equal(await proof(other.privateKey, FIRST), 'other-key');
  t.equal(await proof(key.publicKey, FIRST), 'key-is-public');
  t.equal(await proof('hello', FIRST), 'key-unreadable');
});

test('a key of one’s own comes under its passphrase again in a form that the box takes', async (t) => {
  const bare = await makeKey({ date: new Date('2026-01-01') });
  const weak = await makeKey({
    date: new Date('2026-01-01'),
    passphrase: FIRST,
    config: { s2kIterationCountByte: 0 },
  });
  for (const { armoredPrivate } of [bare, weak]) {
    const kept = await protect({ armored: armoredPrivate, before: FIRST, after: SECOND });
    t.equal(await whyNotKept(await readPrivateKey({ armoredKey: kept.privateKey }), new Date()), undefined);
    t.equal(
      await refused(prove({ armored: kept.privateKey, passphrase: FIRST, publicKey: kept.publicKey })),
      'wrong-passphrase',
    );
  }
  const key = await made('marie');
  t.equal(
    await refused(protect({ armored: key.privateKey, before: SECOND, after: FIRST })),
    'wrong-passphrase',
  );
});

test('a passphrase opens the personal key and the group’s by it; nothing is wrapped to a key that was swapped', async (t) => {
  const [marie, paul, eve] = [await made('marie'), await made('paul'), await made('eve')];
  const swapped = { ...personOf(eve), fingerprint: paul.fingerprint };
  t.equal(
    await refused(makeGroup({ name: 'Équipe', members: [personOf(marie), swapped] })),
    'personal-key-changed',
  );
  const group = await makeGroup({ name: 'Équipe', members: [personOf(marie)] });
  const groups = [{ group: 'team', fingerprint: group.fingerprint, wrapped: group.wrapped }];
  const opened = await unlock({ armored: marie.privateKey, passphrase: FIRST, groups });
  t.match(opened, { owner: 'marie', groups: ['team'] });
  t.ok(opened.fingerprints.includes(group.fingerprint));
  t.equal(keyOf(group.fingerprint).getFingerprint(), group.fingerprint);
  const keys = [keyOf(marie.fingerprint)];
  t.equal(await refused(share(keys, { wrapped: group.wrapped, member: swapped })), 'personal-key-changed');
  const packet = Buffer.from(await share(keys, { wrapped: group.wrapped, member: personOf(paul) }), 'base64');
  const rest = Buffer.concat([packet, Buffer.from(group.wrapped, 'base64')]);
  const pauls = await unlock({
    armored: paul.privateKey,
    passphrase: FIRST,
    groups: [{ group: 'team', fingerprint: group.fingerprint, wrapped: rest.toString('base64') }],
  });
  t.same(pauls.groups, ['team']);
  const strangers = await unlock({ armored: eve.privateKey, passphrase: FIRST, groups });
  t.same(strangers.groups, [], 'what is not for a key stays shut');
  t.equal(
    await refused(share([keyOf(eve.fingerprint)], { wrapped: group.wrapped, member: personOf(paul) })),
    'not-a-member',
  );
  const message = await readMessage({ binaryMessage: Uint8Array.from(rest) });
  t.equal(await decrypt({ message, decryptionKeys: keyOf(eve.fingerprint) }).catch(() => null), null);
  t.ok((await readKey({ armoredKey: group.publicKey })).isPrivate() === false);
});

test('the strength of a passphrase is told while it is typed, and what is repeated counts once', async (t) => {
  const cases = { '': 'none', motdepasse: 'short', aaaaaaaaaaaaaaaaaaaaaa: 'weak', motdepasse1234: 'weak' };
  for (const [typed, level] of Object.entries(cases)) t.equal(strengthOf(typed), level, typed);
  t.equal(strengthOf('chat chat chat chat chat'), 'weak');
  t.equal(strengthOf('lanterne girafe velours onze'), 'fair');
  t.equal(strengthOf('lanterne girafe velours onze piment'), 'strong');
});

// A key at the door: what the profile forbids is refused with the reason and nothing is written; what the box may keep
// of private keys it cannot use.

import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createMessage, encrypt, enums, generateKey, readKey, revokeKey } from 'openpgp';
import { type Test, test } from 'tap';
import { openPeople } from '../../src/access/people.ts';
import { keysCommands } from '../../src/cli/keys.ts';
import { admitKey } from '../../src/keys/import.ts';
import { personalKeys } from '../../src/keys/personal.ts';
import { recipientsOfWrapped, wrappedKeys } from '../../src/keys/wrapped.ts';
import { run as runCommand } from './support/cli.ts';
import { encryptionId, type KeyWorld, keepSealed, openKeyWorld } from './support/keys.ts';
import { gpgHome } from './support/peers.ts';
import { makeKey, messageOf, ownFolder } from './support/world.ts';

const NOW = new Date('2026-11-22T08:00:00Z');
const MADE = { date: new Date('2026-01-01T00:00:00Z') };
const PASSPHRASE = 'a long enough passphrase';
const protectedKey = (more = {}) => makeKey({ ...MADE, passphrase: PASSPHRASE, ...more });

const imported = (t: Test, { appliance }: KeyWorld, ...words: string[]) =>
  runCommand(t, keysCommands, appliance, 'keys', ...words);

async function file({ at }: KeyWorld, name: string, content: string | Uint8Array): Promise<string> {
  await writeFile(at(name), content);
  return at(name);
}

test('a key that cannot be a recipient is refused with the reason, and nothing is written', async (t) => {
  const w = await openKeyWorld(t);
  const { privateKey, revocationCertificate } = await generateKey({
    userIDs: [{ name: 'Lost' }],
    type: 'ecc',
    curve: 'curve25519Legacy',
    ...MADE,
    format: 'object',
  });
  const revoked = await revokeKey({ key: privateKey, revocationCertificate, format: 'armored' });
  const [one, two] = [await makeKey(MADE), await makeKey(MADE)];
  const cases: [string, RegExp][] = [
    ['hello', /it is not an OpenPGP key/],
    [one.armoredPrivate, /it is a private key/],
    [`${one.armoredPublic}\n${two.armoredPublic}`, /it is not an OpenPGP key|it holds 2 keys/],
    [revoked.publicKey, /it is revoked/],
    [(await makeKey({ ...MADE, keyExpirationTime: 86_400 })).armoredPublic, /it expired on 2026-01-02/],
    [
      (await makeKey({ date: new Date('2026-12-01') })).armoredPublic,
      /made in the future .* check the clock/,
    ],
    [(await makeKey({ ...MADE, type: 'curve25519' })).armoredPublic, /cannot be opened by gpg 2\.2/],
    [(await makeKey({ ...MADE, type: 'rsa', rsaBits: 2048 })).armoredPublic, /2048 bits only/],
    [(await makeKey({ ...MADE, config: { aeadProtect: true } })).armoredPublic, /AEAD/],
  ];
  for (const [content, reason] of cases) {
    const path = await file(w, 'bad.asc', content);
    for (const place of [['--recovery'], ['--group', 'team']])
      t.match(await messageOf(() => imported(t, w, 'import', path, ...place)), reason);
  }
  t.same(await readdir(w.at('etc', 'recovery')), []);
  t.same(await readdir(w.at('etc', 'recipients')), []);
  t.same(await w.audit.entries(), []);
});

test('a key of gpg is imported, armored or not, and is in force at once, owned as its folder', async (t) => {
  const w = await openKeyWorld(t);
  await chmod(w.at('etc', 'recovery'), 0o750);
  const gpg = await gpgHome(t);
  await gpg(['--passphrase', '', '--quick-gen-key', 'Recovery', 'default', 'default', '0'], '');
  const binary = Buffer.from((await gpg(['--export'], '')).stdout);
  // gpg has no clock that a test could move.
  w.clock.move(365 * 86_400_000);
  const { out } = await imported(t, w, 'import', await file(w, 'gpg', binary), '--recovery', '--json');
  const { imported: path, fingerprint } = JSON.parse(out);
  t.equal(path, w.at('etc', 'recovery', `${fingerprint}.asc`));
  const [made, folder] = [await stat(path), await stat(w.at('etc', 'recovery'))];
  t.same([made.mode & 0o777, made.uid, made.gid], [0o640, folder.uid, folder.gid]);
  t.match((await w.audit.entries())[0], { action: 'key-import', reason: `recovery: ${fingerprint}` });
});

test('the list shows recovery and group keys, with how many recordings each opens', async (t) => {
  const w = await openKeyWorld(t);
  const [recovery, team] = [await makeKey(MADE), await makeKey(MADE)];
  await imported(t, w, 'import', await file(w, 'r', recovery.armoredPublic), '--recovery');
  await imported(t, w, 'import', await file(w, 'g', team.armoredPublic), '--group', 'team');
  t.match((await stat(w.at('etc', 'recipients', 'team'))).mode & 0o777, 0o750);
  await keepSealed(t, w, [recovery, team]);
  await keepSealed(t, w, [recovery]);
  await writeFile(w.at('etc', 'recovery', 'odd.asc'), 'no key');
  const rows = JSON.parse((await imported(t, w, 'list', '--json')).out);
  t.match(rows.map((row: Record<string, unknown>) => [row.of, row.recordings, row.state]).sort(), [
    ['group team', 1, 'fit'],
    ['recovery', 0, /not an OpenPGP key/],
    ['recovery', 2, 'fit'],
  ]);
  t.match(
    await messageOf(() => imported(t, w, 'import', w.at('g'), '--group', 'nobody')),
    /no recipient group nobody/,
  );
  t.match(await messageOf(() => imported(t, w, 'import', w.at('g'))), /imported as nothing/);
});

test('a personal key is kept under its passphrase only, and only in a form that gpg 2.2 reads', async (t) => {
  const folder = await ownFolder(t);
  const store = personalKeys(folder);
  const cases: [Promise<{ armoredPrivate: string; armoredPublic: string }>, RegExp][] = [
    [makeKey(MADE), /it has no passphrase/],
    [protectedKey({ config: { aeadProtect: true } }), /AEAD/],
    [protectedKey({ config: { s2kType: enums.s2k.argon2, aeadProtect: true } }), /AEAD|Argon2/],
    [protectedKey({ config: { s2kIterationCountByte: 0 } }), /iterated too few times/],
    [protectedKey({ type: 'curve25519' }), /cannot be opened by gpg 2\.2/],
    [protectedKey({ date: new Date('2026-12-01') }), /made in the future/],
  ];
  for (const [key, reason] of cases)
    t.match(await messageOf(async () => store.keep('marie', (await key).armoredPrivate, NOW)), reason);
  const good = await protectedKey();
  t.match(await messageOf(() => store.keep('marie', good.armoredPublic, NOW)), /not a private OpenPGP key/);
  t.equal(await store.read('marie'), undefined);
  await store.keep('marie', good.armoredPrivate, NOW);
  t.equal((await stat(join(folder, 'personal', 'marie.asc'))).mode & 0o777, 0o600);
  const gpg = await gpgHome(t);
  const kept = await readFile(join(folder, 'personal', 'marie.asc'), 'utf8');
  t.equal((await gpg(['--passphrase', PASSPHRASE, '--import'], kept)).exitCode, 0);
  const other = (await protectedKey()).armoredPrivate;
  t.match(await messageOf(() => store.keep('marie', other, NOW)), /marie has another personal key/);
  t.equal((await store.keep('marie', other, NOW, true)).armored.length > 0, true);
});

test('a group key is kept only as a message to personal keys that are known', async (t) => {
  const [marie, eve] = [await protectedKey(), await protectedKey()];
  const store = personalKeys(await ownFolder(t));
  await store.keep('marie', marie.armoredPrivate, NOW);
  const known = await store.all();
  const wrap = async (keys: (typeof marie)[], more = {}) =>
    (await encrypt({
      message: await createMessage({ text: 'private part' }),
      encryptionKeys: await Promise.all(
        keys.map(({ armoredPublic }) => readKey({ armoredKey: armoredPublic })),
      ),
      ...more,
      format: 'binary',
    })) as Uint8Array;
  t.same(recipientsOfWrapped(await wrap([marie]), known), ['marie']);
  const refused = async (message: Uint8Array, reason: RegExp) =>
    t.match(await messageOf(() => recipientsOfWrapped(message, known)), reason);
  await refused(await wrap([marie, eve]), /which is nobody's personal key/);
  await refused(await wrap([marie], { passwords: 'secret' }), /what follows is not one version 1/);
  await refused(Buffer.from(marie.armoredPrivate), /begins no packet|not wrapped/);
  await refused(marie.privateKey.write(), /not wrapped|empty/);
  await refused(Buffer.concat([await wrap([marie]), marie.privateKey.write()]), /what follows is not one/);
});

test('what is imported for a user and for a group is what that user finds, and no other', async (t) => {
  const w = await openKeyWorld(t);
  const people = await openPeople(w.appliance.config.state.access, w.clock);
  for (const user of ['marie', 'paul']) await people.add(user, ['manager'], 'a long enough password', false);
  const [marie, paul, team] = [await protectedKey(), await protectedKey(), await makeKey(MADE)];
  await imported(t, w, 'import', await file(w, 'm', marie.armoredPrivate), '--personal', 'marie');
  await imported(t, w, 'import', await file(w, 'p', paul.armoredPrivate), '--personal', 'paul');
  t.match(
    await messageOf(() => imported(t, w, 'import', w.at('m'), '--personal', 'eve')),
    /nobody is called eve/,
  );
  const wrapped = (await encrypt({
    message: await createMessage({ text: team.armoredPrivate }),
    encryptionKeys: await readKey({ armoredKey: marie.armoredPublic }),
    format: 'binary',
  })) as Uint8Array;
  const words = [
    'import',
    await file(w, 'g', team.armoredPublic),
    '--group',
    'team',
    '--wrapped',
    await file(w, 'w', wrapped),
  ];
  t.match((await imported(t, w, ...words)).out, /members +marie\n/);
  const store = wrappedKeys(w.appliance.config.state.keys);
  t.match(await store.openedBy([await encryptionId(marie)]), [
    { group: 'team', fingerprint: team.privateKey.getFingerprint() },
  ]);
  t.same(await store.openedBy([await encryptionId(paul)]), []);
  await mkdir(w.at('x'));
  t.equal(
    (await admitKey('g', Buffer.from(team.armoredPublic), NOW)).fingerprint,
    team.privateKey.getFingerprint(),
  );
});

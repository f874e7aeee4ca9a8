// Which keys recordings are sealed to: what a key asks for decides what we emit, so only keys whose messages open in
// gpg 2.2, gpg 2.4 and sq alike are let in.

import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createMessage, generateKey, type KeyOptions, readKey, readSignature, verify } from 'openpgp';
import { type Test, test } from 'tap';
import { type RecipientKey, readRecipients, sealableUntil } from '../../src/keys/recovery.ts';
import { makeSigningKey, openSigner } from '../../src/keys/signing.ts';
import { codeOf, makeKey, ownFolder } from './support/world.ts';

const NOW = new Date('2026-11-22T08:00:00Z');
const YEAR_S = 365 * 86_400;

async function readOne(t: Test, armored: string, now = NOW): Promise<RecipientKey> {
  const folder = await ownFolder(t);
  await writeFile(join(folder, 'one.asc'), armored);
  const [key] = await readRecipients(folder, now);
  if (!key) throw new Error('the key was passed over');
  return key;
}

const made = async (options: Partial<KeyOptions>) =>
  (await makeKey({ date: new Date('2026-01-01T00:00:00Z'), ...options })).armoredPublic;

test('a version 4 key on Curve25519 is fit, and is listed with its owner', async (t) => {
  const key = await readOne(t, await made({}));
  t.equal(key.unfit, undefined);
  t.equal(key.user, 'Recovery <recovery@example.org>');
  t.equal(key.expires, null);
  t.match(key.fingerprint, /^[0-9a-f]{40}$/);
});

test('a key on a NIST curve is fit', async (t) => {
  t.equal((await readOne(t, await made({ curve: 'nistP256' }))).unfit, undefined);
});

test('an RSA key of 2048 bits is refused, one of 3072 is fit', async (t) => {
  const weak = await made({ type: 'rsa', rsaBits: 2048 });
  t.match((await readOne(t, weak)).unfit, /RSA key has 2048 bits only/);
  t.equal((await readOne(t, await made({ type: 'rsa', rsaBits: 3072 }))).unfit, undefined);
});

test('a version 6 key is refused: gpg cannot use it', async (t) => {
  const key = await made({ type: 'curve25519', config: { v6Keys: true } });
  t.match((await readOne(t, key)).unfit, /version 6 key, which gpg cannot use/);
});

test('a key in the new form of Curve25519 is refused: gpg 2.2 cannot open what is sealed to it', async (t) => {
  t.match(
    (await readOne(t, await made({ type: 'curve25519' }))).unfit,
    /x25519 cannot be opened by gpg 2\.2/,
  );
});

test('a key that asks for AEAD is refused', async (t) => {
  const key = await made({ config: { aeadProtect: true } });
  t.match((await readOne(t, key)).unfit, /AEAD/);
});

test('a key without a subkey for encryption is refused', async (t) => {
  t.match((await readOne(t, await made({ subkeys: [] }))).unfit, /no valid subkey for encryption/);
});

test('a key that has expired is refused from that moment on', async (t) => {
  const armored = await made({ keyExpirationTime: YEAR_S });
  const end = new Date('2027-01-01T00:00:00Z');
  t.equal((await readOne(t, armored)).expires?.toISOString(), end.toISOString());
  t.equal((await readOne(t, armored, new Date(end.getTime() - 1000))).unfit, undefined);
  t.match((await readOne(t, armored, end)).unfit, /it expired on 2027-01-01/);
});

test('a key made in the future is refused, and the clock is blamed', async (t) => {
  const armored = await made({ date: new Date('2026-12-01T00:00:00Z') });
  t.match((await readOne(t, armored)).unfit, /made in the future .*check the clock/);
});

test('a revoked key is refused', async (t) => {
  const { privateKey, revocationCertificate } = await generateKey({
    type: 'ecc',
    curve: 'curve25519Legacy',
    userIDs: [{ name: 'Lost' }],
    date: new Date('2026-01-01T00:00:00Z'),
    format: 'object',
  });
  const { revokeKey } = await import('openpgp');
  const { publicKey } = await revokeKey({ key: privateKey, revocationCertificate, format: 'armored' });
  t.match((await readOne(t, publicKey)).unfit, /it is revoked/);
});

test('a private key is refused and nothing of it is handed on', async (t) => {
  const { armoredPrivate } = await makeKey();
  const key = await readOne(t, armoredPrivate);
  t.match(key.unfit, /private key: it must never lie on the box/);
  t.equal(key.armored, '');
  t.notMatch(JSON.stringify(key), /BEGIN PGP/);
});

test('a file that is no key is listed as unfit, never passed over', async (t) => {
  for (const content of ['', 'hello', '-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nAAAA\n']) {
    const key = await readOne(t, content);
    t.match(key.unfit, /it is not an OpenPGP key/, JSON.stringify(content));
    t.equal(key.armored, '');
  }
});

test('a folder that is absent or empty holds no recipients', async (t) => {
  const folder = await ownFolder(t);
  t.same(await readRecipients(folder, NOW), []);
  t.same(await readRecipients(join(folder, 'absent'), NOW), []);
  await mkdir(join(folder, 'old'));
  await writeFile(join(folder, 'README'), 'public keys, *.asc');
  t.same(await readRecipients(folder, NOW), []);
});

test('recordings can be sealed for as long as one recipient is fit, and not at all without one', async (t) => {
  const [lasting, ending] = [await made({}), await made({ keyExpirationTime: YEAR_S })];
  const one = await readOne(t, ending);
  const unfit = await readOne(t, 'hello');
  t.equal(sealableUntil([]), null);
  t.equal(sealableUntil([unfit]), null);
  t.equal(sealableUntil([one, unfit])?.toISOString(), '2027-01-01T00:00:00.000Z');
  t.equal(sealableUntil([one, await readOne(t, lasting)])?.getUTCFullYear(), 2100);
});

test('the signing key is made once, is closed to others, and can encrypt nothing', async (t) => {
  const folder = join(await ownFolder(t), 'keys');
  t.equal(await codeOf(() => openSigner(folder)), 'no-signing-key');
  t.equal(await makeSigningKey(folder, 'Démonstration'), true);
  const before = await readFile(join(folder, 'signing.key.asc'), 'utf8');
  t.equal(await makeSigningKey(folder, 'Démonstration'), false);
  t.equal(await readFile(join(folder, 'signing.key.asc'), 'utf8'), before);
  t.equal((await stat(join(folder, 'signing.key.asc'))).mode & 0o777, 0o600);
  const { publicKey } = await openSigner(folder);
  const key = await readKey({ armoredKey: publicKey });
  t.notOk(key.isPrivate());
  await t.rejects(key.getEncryptionKey());
});

test('a signature holds for the bytes it was made over, and for no others', async (t) => {
  const folder = await ownFolder(t);
  await makeSigningKey(folder, 'Démonstration');
  const signer = await openSigner(folder);
  const content = Buffer.from('{"id":"one"}');
  const armoredSignature = await signer.sign(content);
  const holds = async (binary: Uint8Array) => {
    const { signatures } = await verify({
      message: await createMessage({ binary }),
      signature: await readSignature({ armoredSignature }),
      verificationKeys: await readKey({ armoredKey: signer.publicKey }),
    });
    return signatures[0]?.verified;
  };
  t.equal(await holds(content), true);
  const flipped = Buffer.from(content);
  flipped.writeUInt8((flipped[7] ?? 0) ^ 1, 7);
  await t.rejects(holds(flipped));
});

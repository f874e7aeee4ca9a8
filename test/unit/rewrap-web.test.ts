// What the holder's browser does to a header when a key is replaced: judged by gpg, which opens the outcome.

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { decrypt, readMessage } from 'openpgp';
import { test } from 'tap';
import { checkProfile } from '../../src/sealing/packets.ts';
import { createRewrap, RewrapError } from '../../web/src/keys/rewrap.ts';
import { noise, samplesOf, sealWhole } from './support/recording.ts';
import { type MadeKey, makeKey, ownFolder } from './support/world.ts';

const [old, coming, group, stranger] = await Promise.all([makeKey(), makeKey(), makeKey(), makeKey()]);
const PACKET = 96;

const print = (key: MadeKey) => key.privateKey.getFingerprint();
const job = { holder: old.privateKey, from: print(old), to: print(coming), toArmored: coming.armoredPublic };

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof RewrapError) return error.code;
    throw error;
  }
  return 'nothing was thrown';
}

async function opens(message: Uint8Array, { privateKey }: MadeKey): Promise<boolean> {
  const binaryMessage = Uint8Array.from(message);
  const options = { message: await readMessage({ binaryMessage }), decryptionKeys: privateKey };
  return decrypt({ ...options, format: 'binary' }).then(
    () => true,
    () => false,
  );
}

test('the new key opens what the old one opened, and the old one no more', async (t) => {
  const sealed = await sealWhole(await ownFolder(t), noise(800), [old.armoredPublic, group.armoredPublic]);
  const header = await (await createRewrap(job))(sealed.header);
  t.ok(header);
  if (!header) return;
  const message = Buffer.concat([header, sealed.bodyBytes]);
  t.ok(await opens(message, coming));
  t.ok(await opens(message, group), 'the other recipient keeps its access');
  t.notOk(await opens(message, old));
  checkProfile(header, sealed.bodyBytes, 2);
  const kept = sealed.header.subarray(PACKET);
  t.same(Buffer.from(header.subarray(0, PACKET)), kept, 'the other packet is the same to the byte');
});

test('gpg opens the recording with the new key', async (t) => {
  const audio = noise(4_000);
  const sealed = await sealWhole(await ownFolder(t), audio, [old.armoredPublic]);
  const header = await (await createRewrap(job))(sealed.header);
  const env = { GNUPGHOME: join(await ownFolder(t), 'gpg') };
  await mkdir(env.GNUPGHOME, { mode: 0o700 });
  const gpg = (args: string[], input: string | Uint8Array) =>
    execa('gpg', ['--batch', '--quiet', ...args], {
      env,
      input,
      encoding: 'buffer',
      stripFinalNewline: false,
      reject: false,
    });
  await gpg(['--import'], coming.armoredPrivate);
  const { stdout, exitCode } = await gpg(
    ['--decrypt'],
    Buffer.concat([header ?? Buffer.alloc(0), sealed.bodyBytes]),
  );
  t.equal(exitCode, 0);
  t.ok((await samplesOf(stdout)).equals(audio));
  await execa('gpgconf', ['--kill', 'all'], { env });
});

test('an old key that has expired still hands over what it holds', async (t) => {
  const past = new Date(Date.now() - 20 * 86_400_000);
  const expired = await makeKey({ date: past, keyExpirationTime: 10 * 86_400 });
  const { encryptSessionKey, generateSessionKey, readKey } = await import('openpgp');
  const key = await readKey({ armoredKey: expired.armoredPublic });
  const date = new Date(past.getTime() + 1000);
  const sessionKey = await generateSessionKey({ encryptionKeys: key, date });
  const header = await encryptSessionKey({ ...sessionKey, encryptionKeys: key, date, format: 'binary' });
  const rewrap = await createRewrap({ ...job, holder: expired.privateKey, from: print(expired) });
  t.equal((await rewrap(header as Uint8Array))?.length, PACKET);
});

test('the keys may be named by the part that encrypts, as manifests name them', async (t) => {
  const sealed = await sealWhole(await ownFolder(t), noise(80), [old.armoredPublic]);
  const part = async (key: MadeKey) => (await key.privateKey.getEncryptionKey()).getFingerprint();
  const rewrap = await createRewrap({
    ...job,
    from: (await part(old)).toUpperCase(),
    to: await part(coming),
  });
  t.ok(await rewrap(sealed.header));
});

test('a header that was done already is passed over, and nobody is locked in twice', async (t) => {
  const sealed = await sealWhole(await ownFolder(t), noise(80), [old.armoredPublic]);
  const rewrap = await createRewrap(job);
  const once = await rewrap(sealed.header);
  t.ok(once);
  t.equal(await rewrap(once ?? new Uint8Array()), null);
  const both = await sealWhole(await ownFolder(t), noise(80), [old.armoredPublic, coming.armoredPublic]);
  t.equal((await rewrap(both.header))?.length, PACKET);
});

test('a key that was passed off for the new one is refused before any session key is opened', async (t) => {
  t.equal(await codeOf(createRewrap({ ...job, toArmored: stranger.armoredPublic })), 'rotation-bad-target');
  t.equal(await codeOf(createRewrap({ ...job, toArmored: 'no key at all' })), 'rotation-bad-target');
  const same = { ...job, to: job.from, toArmored: old.armoredPublic };
  t.equal(await codeOf(createRewrap(same)), 'rotation-bad-target', 'to itself');
  t.equal(await codeOf(createRewrap({ ...job, holder: stranger.privateKey })), 'rotation-other-key');
});

test('a recording of other people, and a damaged header, are refused by name', async (t) => {
  const rewrap = await createRewrap(job);
  const theirs = await sealWhole(await ownFolder(t), noise(80), [group.armoredPublic]);
  t.equal(await codeOf(rewrap(theirs.header)), 'header-other-key');
  const { header } = await sealWhole(await ownFolder(t), noise(80), [old.armoredPublic]);
  t.equal(await codeOf(rewrap(header.subarray(0, 50))), 'header-damaged', 'cut short');
  t.equal(await codeOf(rewrap(Buffer.from('not a header'))), 'header-damaged');
  header.writeUInt8((header[PACKET - 1] ?? 0) ^ 1, PACKET - 1);
  t.equal(await codeOf(rewrap(header)), 'header-damaged', 'one bit turned');
});

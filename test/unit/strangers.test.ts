// The format is open: a stranger with gpg, or with sq, opens a recording and checks its manifest without this program.

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { test } from 'tap';
import { makeSigningKey, openSigner } from '../../src/keys/signing.ts';
import { canonicalBytes } from '../../src/shared/canonical.ts';
import { noise, samplesOf, sealWhole } from './support/recording.ts';
import { makeKey, ownFolder } from './support/world.ts';

const recovery = await makeKey();

/** gpg with a home of its own; its agent ends with the test. */
async function gpgHome(t: Parameters<typeof ownFolder>[0]) {
  const env = { GNUPGHOME: join(await ownFolder(t), 'gpg') };
  await mkdir(env.GNUPGHOME, { mode: 0o700 });
  const gpg = (args: string[], input?: string | Uint8Array) =>
    execa('gpg', ['--batch', '--quiet', '--trust-model', 'always', ...args], {
      env,
      encoding: 'buffer',
      stripFinalNewline: false,
      reject: false,
      ...(input !== undefined && { input }),
    });
  return { gpg, end: () => execa('gpgconf', ['--kill', 'all'], { env }) };
}

test('gpg opens a recording with the private key', async (t) => {
  const { gpg, end } = await gpgHome(t);
  const audio = noise(8_000);
  const { message, header, detailsBytes } = await sealWhole(await ownFolder(t), audio, [
    recovery.armoredPublic,
  ]);
  t.equal((await gpg(['--import'], recovery.armoredPrivate)).exitCode, 0);
  const { stdout, exitCode } = await gpg(['--decrypt'], message);
  t.equal(exitCode, 0);
  t.ok((await samplesOf(stdout)).equals(audio));
  const details = await gpg(['--decrypt'], Buffer.concat([header, detailsBytes]));
  t.match(Buffer.from(details.stdout).toString(), /"outsideNumber":"\+33612345678"/);
  await end();
});

test('gpg finds out a recording that was altered', async (t) => {
  const { gpg, end } = await gpgHome(t);
  const { message } = await sealWhole(await ownFolder(t), noise(8_000), [recovery.armoredPublic]);
  await gpg(['--import'], recovery.armoredPrivate);
  const at = Math.floor(message.length / 2);
  message.writeUInt8((message[at] ?? 0) ^ 1, at);
  t.not((await gpg(['--decrypt'], message)).exitCode, 0);
  await end();
});

test('gpg verifies the signature of a manifest, and refuses it for another', async (t) => {
  const { gpg, end } = await gpgHome(t);
  const folder = await ownFolder(t);
  await makeSigningKey(folder, 'Démonstration');
  const signer = await openSigner(folder);
  const manifest = Buffer.from(canonicalBytes({ id: 'one', dueAt: '2027-05-21T08:15:00.000Z' }));
  const [path, signature] = [join(folder, 'manifest.json'), join(folder, 'manifest.json.asc')];
  await writeFile(path, manifest);
  await writeFile(signature, await signer.sign(manifest));
  t.equal((await gpg(['--import'], signer.publicKey)).exitCode, 0);
  const verified = await gpg(['--status-fd', '1', '--verify', signature, path]);
  t.equal(verified.exitCode, 0);
  t.match(Buffer.from(verified.stdout).toString(), `VALIDSIG ${signer.fingerprint.toUpperCase()}`);
  await writeFile(path, manifest.toString().replace('2027', '2037'));
  t.not((await gpg(['--verify', signature, path])).exitCode, 0);
  await end();
});

test('sq opens a recording with the private key', async (t) => {
  const folder = await ownFolder(t);
  const audio = noise(8_000);
  const { message } = await sealWhole(folder, audio, [recovery.armoredPublic]);
  const [key, sealed] = [join(folder, 'recovery.key'), join(folder, 'recording.pgp')];
  await writeFile(key, recovery.armoredPrivate);
  await writeFile(sealed, message);
  // Two generations of the same command are about; the older one says --recipient-key.
  const help = await execa('sq', ['decrypt', '--help'], { reject: false });
  const option = help.stdout.includes('--recipient-file') ? '--recipient-file' : '--recipient-key';
  const { stdout } = await execa('sq', ['decrypt', option, key, sealed], {
    encoding: 'buffer',
    stripFinalNewline: false,
  });
  t.ok((await samplesOf(stdout)).equals(audio));
});

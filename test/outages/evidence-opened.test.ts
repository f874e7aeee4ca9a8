// One recording is disclosed, and no other: to somebody's own key, by a header made for it, or by its session key.

import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { execa } from 'execa';
import { decryptSessionKeys, encryptSessionKey, readKey, readMessage } from 'openpgp';
import { test } from 'tap';
import { exported, pathWith, storeWithRecording, verify } from '../unit/support/evidence.ts';
import { noise, samplesOf } from '../unit/support/recording.ts';
import { codeOf, type MadeKey, makeKey, ownFolder } from '../unit/support/world.ts';

const recovery = await makeKey();
const requester = await makeKey({ userIDs: [{ name: 'Requester', email: 'requester@example.org' }] });
const TOOLS = ['gpg', 'sq'] as const;

/** What a key holder learns from a header, away from the box. */
async function sessionKeyOf(header: Buffer) {
  const message = await readMessage({ binaryMessage: header });
  const [key] = await decryptSessionKeys({ message, decryptionKeys: recovery.privateKey });
  if (!key?.algorithm) throw new Error('the header did not open');
  return { data: key.data, algorithm: key.algorithm };
}

/** The header that a key holder makes for others. */
async function headerFor(header: Buffer, ...keys: MadeKey[]): Promise<Buffer> {
  const encryptionKeys = await Promise.all(
    keys.map(({ armoredPublic }) => readKey({ armoredKey: armoredPublic })),
  );
  const sessionKey = await sessionKeyOf(header);
  const wrapped = await encryptSessionKey({ ...sessionKey, encryptionKeys, format: 'binary' });
  return Buffer.from(wrapped as Uint8Array);
}

test('a package with a header made for the requester opens with the requester’s key only', async (t) => {
  const { store, id, header, audio } = await storeWithRecording(t, [recovery.armoredPublic]);
  const files = await ownFolder(t);
  const [wrapped, own, other] = ['header.pgp', 'own.asc', 'other.asc'].map((name) => join(files, name)) as [
    string,
    string,
    string,
  ];
  await writeFile(wrapped, await headerFor(header, requester));
  await writeFile(own, requester.armoredPrivate);
  await writeFile(other, recovery.armoredPrivate);
  const folder = await exported(t, store, id, '--header', wrapped, '--with-details');
  t.equal((await verify(folder)).status, 0);
  for (const tool of TOOLS) {
    const env = { PATH: await pathWith(t, tool) };
    const to = await ownFolder(t);
    const out = join(to, 'call.flac');
    t.equal(
      (await verify(folder, ['--open', out, '--key', other], env)).status,
      1,
      `${tool}: not the recovery key`,
    );
    t.same(await readdir(to), [], tool);
    const { status, said, told } = await verify(folder, ['--open', out, '--key', own], env);
    t.equal(status, 0, `${tool}: ${said} ${told}`);
    t.ok((await samplesOf(await readFile(out))).equals(audio), tool);
  }
});

test('a header that is anything but whole session key packets of version 3 is refused, and nothing is in the log', async (t) => {
  const { store, id, header } = await storeWithRecording(t, [recovery.armoredPublic]);
  const file = join(await ownFolder(t), 'header.pgp');
  const version6 = Buffer.from(header);
  version6.writeUInt8(6, 2);
  const bad = {
    'an encrypted part after it': Buffer.concat([header, Buffer.from('d2020100', 'hex')]),
    'another version': version6,
    'cut short': header.subarray(0, -1),
    empty: Buffer.alloc(0),
    armored: Buffer.from('-----BEGIN PGP MESSAGE-----\n'),
    text: Buffer.from('hello'),
    'a length in parts': Buffer.from('c1e003', 'hex'),
    'an older form of no length': Buffer.from('8703', 'hex'),
  };
  for (const [what, bytes] of Object.entries(bad)) {
    await writeFile(file, bytes);
    t.equal(await codeOf(() => exported(t, store, id, '--header', file)), 'bad-header', what);
  }
  t.equal((await store.audit.entries()).length, 4);
});

test('a header in the older form of packets, as gpg writes it, is taken', async (t) => {
  const { store, id, header } = await storeWithRecording(t, [recovery.armoredPublic]);
  const file = join(await ownFolder(t), 'header.pgp');
  // Same packet, with the length of the older form: tag 1, one octet.
  await writeFile(file, Buffer.concat([Buffer.of(0x84, header.length - 2), header.subarray(2)]));
  t.equal((await verify(await exported(t, store, id, '--header', file))).status, 0);
});

test('the session key opens one recording without any private key, with gpg and with sq; another one does not', async (t) => {
  const { store, id, header, audio } = await storeWithRecording(t, [recovery.armoredPublic]);
  const folder = await exported(t, store, id);
  const hex = Buffer.from((await sessionKeyOf(header)).data)
    .toString('hex')
    .toUpperCase();
  for (const tool of TOOLS) {
    const env = { PATH: await pathWith(t, tool), GNUPGHOME: await ownFolder(t) };
    const to = await ownFolder(t);
    const out = join(to, 'call.flac');
    const wrong = `9:${hex.replace(/^./, (digit) => (digit === '0' ? '1' : '0'))}`;
    t.equal((await verify(folder, ['--open', out, '--session-key', wrong], env)).status, 1, tool);
    t.same(await readdir(to), [], tool);
    const { status, told } = await verify(folder, ['--open', out, '--session-key', `9:${hex}`], env);
    t.equal(status, 0, `${tool}: ${told}`);
    t.ok((await samplesOf(await readFile(out))).equals(audio), tool);
    t.equal(
      (await verify(folder, ['--open', out, '--session-key', wrong], env)).status,
      2,
      'it is not overwritten',
    );
  }
});

test('gpg opens a package with the user’s own keyring', async (t) => {
  const { store, id } = await storeWithRecording(t, [recovery.armoredPublic]);
  const folder = await exported(t, store, id);
  const env = { GNUPGHOME: await ownFolder(t) };
  await execa('gpg', ['--batch', '--quiet', '--import'], { env, input: recovery.armoredPrivate });
  const out = join(await ownFolder(t), 'call.flac');
  const { status, told } = await verify(folder, ['--with', 'gpg', '--open', out], env);
  t.equal(status, 0, told);
  await execa('gpgconf', ['--kill', 'all'], { env });
});

test('Ctrl-C while it is being opened leaves nothing clear behind', async (t) => {
  const { store, id, header } = await storeWithRecording(t, [recovery.armoredPublic], {
    audio: noise(4_000_000),
  });
  const folder = await exported(t, store, id);
  const [to, home] = [await ownFolder(t), await ownFolder(t)];
  const hex = Buffer.from((await sessionKeyOf(header)).data).toString('hex');
  // On a busy machine it may be opened before the signal comes: then it is tried again.
  const signals: NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (let tries = 0; signals.length > 0 && tries < 20; tries += 1) {
    const [signal = 'SIGINT'] = signals;
    const words = ['--open', join(to, 'call.flac'), '--session-key', `9:${hex}`];
    // In a group of its own, as a terminal has it: Ctrl-C reaches all of it.
    const running = execa('dash', [join(folder, 'verify.sh'), ...words], {
      detached: true,
      reject: false,
      env: { TMPDIR: home },
    });
    while ((await readdir(to)).length === 0) await delay(5);
    process.kill(-(running.pid ?? 0), signal);
    const opened = (await running).exitCode === 0;
    t.same(await readdir(home), [], signal);
    t.same(await readdir(to), opened ? ['call.flac'] : [], signal);
    if (opened) await rm(join(to, 'call.flac'));
    else signals.shift();
  }
  t.same(signals, [], 'each signal came in time once');
});

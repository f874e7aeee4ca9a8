// From clear audio to ciphertext, and back again with the private key and with nothing else.

import { createHash } from 'node:crypto';
import { appendFile, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { decrypt, type PrivateKey, readMessage } from 'openpgp';
import { test } from 'tap';
import { sealAudio } from '../../src/sealing/audio.ts';
import { createCompletion } from '../../src/sealing/completion.ts';
import { checkProfile } from '../../src/sealing/packets.ts';
import { seal } from '../../src/sealing/seal.ts';
import { startSealer } from '../../src/sealing/sealer.ts';
import { DETAILS, layCapture, noise, readSealed, samplesOf, sealWhole } from './support/recording.ts';
import { codeOf, makeKey, messageOf, ownFolder } from './support/world.ts';

const recovery = await makeKey();

async function opened(message: Uint8Array, key: PrivateKey = recovery.privateKey): Promise<Uint8Array> {
  const binaryMessage = Uint8Array.from(message);
  const { data } = await decrypt({
    message: await readMessage({ binaryMessage }),
    decryptionKeys: key,
    format: 'binary',
  });
  return data as Uint8Array;
}

test('a recording that grows while it is sealed opens to the very samples that were captured', async (t) => {
  const folder = await ownFolder(t);
  const into = join(folder, 'sealed');
  await mkdir(into);
  const parts = [noise(8_000), noise(3), noise(40_000)];
  const capture = await layCapture(folder, Buffer.alloc(0));
  const completion = createCompletion();
  const sealing = seal(
    {
      ...capture,
      folder: into,
      recipients: [recovery.armoredPublic],
      details: DETAILS,
      encoding: 'flac' as const,
    },
    (job) => sealAudio(job, completion),
  );
  for (const part of parts) await appendFile(capture.audio, part);
  completion.finish();
  const sealed = await readSealed(into, await sealing);
  const samples = await samplesOf(await opened(sealed.message));
  t.ok(samples.equals(Buffer.concat(parts)));
  t.equal(sealed.milliseconds, Math.round((48_003 / 8_000) * 1000));
});

test('what the sealing reports is what lies on disk', async (t) => {
  const sealed = await sealWhole(await ownFolder(t), noise(800), [recovery.armoredPublic]);
  const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
  t.same(sealed.body, { bytes: sealed.bodyBytes.length, sha256: sha256(sealed.bodyBytes) });
  t.same(sealed.details, { bytes: sealed.detailsBytes.length, sha256: sha256(sealed.detailsBytes) });
  t.same((await readdir(sealed.folder)).sort(), ['body.pgp', 'details.pgp', 'ends', 'header.pgp']);
  const subkey = await recovery.privateKey.getEncryptionKey();
  t.same(sealed.recipients, [subkey.getFingerprint()]);
});

test('who called is sealed too, and no file holds it in clear', async (t) => {
  const sealed = await sealWhole(await ownFolder(t), noise(800), [recovery.armoredPublic]);
  const details = await opened(Buffer.concat([sealed.header, sealed.detailsBytes]));
  t.same(JSON.parse(Buffer.from(details).toString()), DETAILS);
  for (const bytes of [sealed.message, sealed.detailsBytes]) {
    t.notOk(bytes.includes('612345678'));
    t.notOk(bytes.includes('fLaC'));
  }
});

test('each of five recipients opens it alone, and somebody else does not', async (t) => {
  const keys = await Promise.all([1, 2, 3, 4, 5].map(() => makeKey()));
  const audio = noise(500);
  const recipients = keys.map(({ armoredPublic }) => armoredPublic);
  const sealed = await sealWhole(await ownFolder(t), audio, recipients);
  for (const { privateKey } of keys)
    t.ok((await samplesOf(await opened(sealed.message, privateKey))).equals(audio));
  t.equal(sealed.recipients.length, 5);
  await t.rejects(opened(sealed.message));
});

test('once the header is destroyed nothing opens the body, with the private key either', async (t) => {
  const folder = await ownFolder(t);
  const sealed = await sealWhole(folder, noise(500), [recovery.armoredPublic]);
  await mkdir(join(folder, 'other'));
  const other = await sealWhole(join(folder, 'other'), noise(500), [recovery.armoredPublic]);
  await t.rejects(opened(sealed.bodyBytes));
  await t.rejects(opened(sealed.detailsBytes));
  await t.rejects(opened(Buffer.concat([other.header, sealed.bodyBytes])), 'another header does not help');
});

test('one flipped bit in the body is found out', async (t) => {
  const sealed = await sealWhole(await ownFolder(t), noise(4_000), [recovery.armoredPublic]);
  for (const part of [0.3, 0.7, 0.999]) {
    const at = sealed.header.length + Math.floor(sealed.bodyBytes.length * part);
    const altered = Buffer.from(sealed.message);
    altered.writeUInt8((altered[at] ?? 0) ^ 1, at);
    await t.rejects(opened(altered), `${part}`);
  }
  await t.rejects(opened(sealed.message.subarray(0, -1)), 'cut short');
});

test('half a frame at the end, left by a crash, costs that frame only', async (t) => {
  const audio = noise(1_000);
  for (const extra of [1, 2, 3]) {
    const cut = Buffer.concat([audio, Buffer.alloc(extra, 7)]);
    const sealed = await sealWhole(await ownFolder(t), cut, [recovery.armoredPublic]);
    t.ok((await samplesOf(await opened(sealed.message))).equals(audio), `${extra} bytes too many`);
    t.equal(sealed.milliseconds, 125);
  }
});

test('sealing starts no other program: it needs none on the machine', async (t) => {
  const path = process.env.PATH;
  t.teardown(() => Object.assign(process.env, { PATH: path }));
  process.env.PATH = '/nonexistent';
  const audio = noise(10);
  const sealed = await sealWhole(await ownFolder(t), audio, [recovery.armoredPublic]);
  process.env.PATH = path;
  t.ok((await samplesOf(await opened(sealed.message))).equals(audio));
});

test('a folder that was sealed into before is not overwritten', async (t) => {
  const folder = await ownFolder(t);
  const { bodyBytes } = await sealWhole(folder, noise(100), [recovery.armoredPublic]);
  const completion = createCompletion();
  completion.finish();
  const job = {
    ...(await layCapture(folder, noise(100))),
    folder: join(folder, 'sealed'),
    details: DETAILS,
    encoding: 'flac' as const,
  };
  const again = seal({ ...job, recipients: [recovery.armoredPublic] }, (audio) =>
    sealAudio(audio, completion),
  );
  await t.rejects(again, { code: 'EEXIST' });
  t.ok((await readSealed(job.folder, {} as never)).bodyBytes.equals(bodyBytes));
});

test('a message that gpg 2.2 could not open is not let through', async (t) => {
  const { header, bodyBytes } = await sealWhole(await ownFolder(t), noise(100), [recovery.armoredPublic]);
  t.equal(await codeOf(() => checkProfile(header, bodyBytes, 1)), 'nothing was thrown');
  t.match(await messageOf(() => checkProfile(header, bodyBytes, 2)), /for 1 recipients and not for 2/);
  const version = (bytes: Buffer, at: number) => Buffer.from(bytes).fill(6, at, at + 1);
  t.match(await messageOf(() => checkProfile(version(header, 2), bodyBytes, 1)), /not a version 3/);
  const start = bodyBytes.subarray(0, 16);
  const at = (start[1] ?? 0) >= 224 || (start[1] ?? 0) < 192 ? 2 : start[1] === 255 ? 6 : 3;
  t.match(await messageOf(() => checkProfile(header, version(start, at), 1)), /not a version 1/);
});

test('the worker seals several recordings at once, and one that fails does not stop another', async (t) => {
  const sealer = startSealer();
  t.teardown(() => sealer.close());
  const folder = await ownFolder(t);
  const audio = noise(300);
  await mkdir(join(folder, 'sealed'));
  const capture = await layCapture(folder, audio);
  const job = {
    ...capture,
    recipients: [recovery.armoredPublic],
    details: DETAILS,
    encoding: 'flac' as const,
  };
  const good = sealer.begin('one', { ...job, folder: join(folder, 'sealed') });
  const bad = sealer.begin('two', { ...job, folder: join(folder, 'absent') });
  t.equal(await codeOf(() => bad), 'sealing-failed');
  sealer.complete('one');
  const sealed = await readSealed(join(folder, 'sealed'), await good);
  t.ok((await samplesOf(await opened(sealed.message))).equals(audio));
});

test('a sealing that is given up ends by its own name', async (t) => {
  const sealer = startSealer();
  t.teardown(() => sealer.close());
  const folder = await ownFolder(t);
  await mkdir(join(folder, 'sealed'));
  const capture = await layCapture(folder, noise(80_000));
  const recipients = [recovery.armoredPublic];
  const sealing = sealer.begin('one', {
    ...capture,
    recipients,
    folder: join(folder, 'sealed'),
    details: DETAILS,
    encoding: 'flac',
  });
  sealer.abort('one');
  t.equal(await codeOf(() => sealing), 'recording-destroyed');
});

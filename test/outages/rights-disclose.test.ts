// A package for the person, opened away from the box, for them alone; judged by gpg on another keyring.

import { copyFile, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { execa } from 'execa';
import { t as file, test } from 'tap';
import { headOf, sessionKeyPackets } from '../../src/shared/packets.ts';
import { copyOf, flip, sumAgain, verify } from '../unit/support/evidence.ts';
import { gpgHome, offlineTool } from '../unit/support/peers.ts';
import { samplesOf } from '../unit/support/recording.ts';
import { sealedOf } from '../unit/support/rights.ts';
import * as packs from '../unit/support/rights-pack.ts';
import { ownFolder } from '../unit/support/world.ts';

const { deskWith, exported, keyFile, person, recovery, team, unpacked } = packs;
const offline = await offlineTool(file);

test('disclosed to the person, it opens with their key on another keyring and with no other', async (t) => {
  const { desk, kept, id } = await deskWith(t);
  const pack = await exported(t, desk, id);
  const [key, to] = [await keyFile(t, recovery.armoredPrivate), await keyFile(t, person.armoredPublic)];
  const out = join(await ownFolder(t), 'for-them.tar');
  const paper = ['--fingerprint', desk.signer.fingerprint.toUpperCase()];
  const ran = await offline(['disclose', pack, '--key', key, '--to', to, ...paper, '--out', out]);
  t.equal(ran.exitCode, 0, ran.stderr);
  t.equal((await stat(out)).mode & 0o777, 0o600);
  const folder = await unpacked(t, out);
  const ours = (await person.privateKey.getEncryptionKey()).getKeyID().toHex();
  const [gpg, other] = [await gpgHome(t), await gpgHome(t)];
  await gpg(['--import'], person.armoredPrivate);
  await other(['--import'], recovery.armoredPrivate);
  for (const { id: recording, audio } of kept) {
    const message = new Uint8Array(await readFile(join(folder, 'recordings', `${recording}.pgp`)));
    t.same(
      sessionKeyPackets(headOf(message).header).map(({ keyId }) => keyId),
      [ours],
      'the others are dropped',
    );
    const opened = await gpg(['--decrypt'], message);
    t.equal(opened.exitCode, 0);
    t.ok((await samplesOf(opened.stdout)).equals(audio));
    t.not((await other(['--decrypt'], message)).exitCode, 0, 'not with the recovery key');
    const details = await gpg(
      ['--decrypt'],
      await readFile(join(folder, 'recordings', `${recording}.details.pgp`)),
    );
    t.match(JSON.parse(Buffer.from(details.stdout).toString()), { outsideNumber: '+33612345678' });
  }
  const home = await ownFolder(t);
  const words = [
    '--fingerprint',
    desk.signer.fingerprint,
    '--open',
    join(home, 'opened'),
    '--key',
    await keyFile(t, person.armoredPrivate),
  ];
  const { status, said, told } = await verify(folder, words);
  t.equal(status, 0, `${said} ${told}`);
  t.same((await readdir(join(home, 'opened'))).length, 4);
  t.match(said, /^OK {6}the encrypted audio of [0-9a-f-]{36} is the manifest's$/m);
  const again = await offline(['disclose', pack, '--key', key, '--to', to, '--out', out]);
  t.match([again.exitCode, again.stderr], [1, /cannot write/], 'what is there is not written over');
});

test('for somebody without a key the session keys go with it, and gpg opens with them as the readme says', async (t) => {
  const { desk, kept, id } = await deskWith(t);
  const pack = await exported(t, desk, id);
  const out = join(await ownFolder(t), 'for-them.tar');
  const key = await keyFile(t, team.armoredPrivate);
  const ran = await offline(['disclose', pack, '--key', key, '--session-keys', '--out', out]);
  t.equal(ran.exitCode, 0, ran.stderr);
  const folder = await unpacked(t, out);
  const keys = await readFile(join(folder, 'session-keys.txt'), 'utf8');
  const gpg = await gpgHome(t);
  for (const { id: recording, audio } of kept) {
    const [, session = ''] =
      new RegExp(`^recordings/${recording}.pgp (9:[0-9A-F]{64})$`, 'm').exec(keys) ?? [];
    const message = await readFile(join(folder, 'recordings', `${recording}.pgp`));
    t.equal(headOf(new Uint8Array(message)).header.length, 0, 'it is for no key any more');
    const { stdout, exitCode } = await gpg(['--override-session-key', session, '--decrypt'], message);
    t.equal(exitCode, 0);
    t.ok((await samplesOf(stdout)).equals(audio));
  }
  const opened = join(await ownFolder(t), 'opened');
  const { status, said } = await verify(folder, ['--open', opened]);
  t.equal(status, 0, said);
  t.ok((await samplesOf(await readFile(join(opened, `${kept[0].id}.flac`)))).equals(kept[0].audio));
});

test('whoever tampers with the package is found out, and nothing is opened', async (t) => {
  const { desk, kept, id } = await deskWith(t);
  const out = join(await ownFolder(t), 'for-them.tar');
  const key = await keyFile(t, recovery.armoredPrivate);
  const pack = await exported(t, desk, id);
  await offline(['disclose', pack, '--key', key, '--session-keys', '--out', out]);
  const good = await unpacked(t, out);
  const [one, two] = kept.map((each) => `recordings/${each.id}`) as [string, string];
  const tampering: Record<string, (at: (name: string) => string, folder: string) => Promise<unknown>> = {
    'a bit of the audio': (at) => flip(at(`${one}.pgp`)),
    'a bit of the details': async (at) =>
      flip(at(`${one}.details.pgp`), (await stat(at(`${one}.details.pgp`))).size - 5),
    'a recording in the place of another': (at) => copyFile(at(`${one}.pgp`), at(`${two}.pgp`)),
    'a manifest in the place of another, summed again': async (at, folder) => {
      for (const ending of ['pgp', 'details.pgp', 'manifest.json', 'manifest.json.asc'])
        await copyFile(at(`${one}.${ending}`), at(`${two}.${ending}`));
      await sumAgain(folder);
    },
    'the list of what is withheld, summed again': async (at, folder) => {
      await writeFile(at('contents.json'), '{}');
      await sumAgain(folder);
    },
    'a manifest, summed again': async (at, folder) => {
      await flip(at(`${one}.manifest.json`));
      await sumAgain(folder);
    },
    'a recording left out': (at) => execa('rm', [at(`${two}.pgp`)]),
  };
  for (const [what, change] of Object.entries(tampering)) {
    const folder = await copyOf(t, good);
    await change((name) => join(folder, name), folder);
    const opened = join(await ownFolder(t), 'opened');
    const { status, failures } = await verify(folder, ['--open', opened]);
    t.equal(status, 1, what);
    t.ok(failures.length >= 2, `${what}: it says what does not hold, and that nothing is opened`);
    await t.rejects(readdir(opened), what);
  }
  const { status } = await verify(good, ['--fingerprint', '00'.repeat(20)]);
  t.equal(status, 1, 'another signer');
});

test('whoever carries the package to the key holder gets nothing opened that was not in it', async (t) => {
  const { desk, kept, id } = await deskWith(t);
  const pack = await exported(t, desk, id);
  const key = await keyFile(t, recovery.armoredPrivate);
  const other = await sealedOf(t, desk, [recovery.armoredPublic], { last4: '', fingerprint: '' });
  const [inside, outside] = [`recordings/${kept[0].id}`, desk.at('vault', '2026', '05', '22', other.id)];
  const tricks: Record<string, (at: (name: string) => string, folder: string) => Promise<unknown>> = {
    'the head of another recording before the body of this one': async (at) => {
      const { rest } = headOf(new Uint8Array(await readFile(at(`${inside}.pgp`))));
      await writeFile(at(`${inside}.pgp`), Buffer.concat([other.header, rest]));
    },
    'another recording beside': (at) => copyFile(join(outside, 'body.pgp'), at(`recordings/${other.id}.pgp`)),
    'another recording beside, in the list': async (at, folder) => {
      await copyFile(join(outside, 'body.pgp'), at(`recordings/${other.id}.pgp`));
      const { stdout } = await execa('sh', ['-c', 'sha256sum recordings/*.pgp'], { cwd: folder });
      await writeFile(at('SEALED256SUMS'), `${stdout}\n`);
    },
    'no list at all': (at) => rm(at('SEALED256SUMS')),
    'a file that is in no list': (at) => writeFile(at('session-keys.txt'), 'x'),
  };
  for (const [what, change] of Object.entries(tricks)) {
    const folder = await unpacked(t, pack);
    await change((name) => join(folder, name), folder);
    const to = await ownFolder(t);
    const altered = join(await ownFolder(t), 'altered.tar');
    await execa('tar', ['--create', `--file=${altered}`, `--directory=${dirname(folder)}`, basename(folder)]);
    const out = ['--out', join(to, 'out.tar')];
    const ran = await offline(['disclose', altered, '--key', key, '--session-keys', ...out]);
    t.match([ran.exitCode, ran.stderr], [1, /no whole package of the rights desk/], what);
    t.same(await readdir(to), [], `${what}: nothing is left`);
  }
});

test('a key that opens nothing, no recipient, and what is no package leave nothing behind', async (t) => {
  const { desk, id } = await deskWith(t);
  const [pack, folder] = [await exported(t, desk, id), await ownFolder(t)];
  const [key, wrong, to] = [
    await keyFile(t, recovery.armoredPrivate),
    await keyFile(t, person.armoredPrivate),
    await keyFile(t, person.armoredPublic),
  ];
  const evil = join(await ownFolder(t), 'evil');
  await mkdir(join(evil, 'request', 'recordings'), { recursive: true });
  await execa('ln', ['-s', '/etc/passwd', join(evil, 'request', 'recordings', 'x.pgp')]);
  await execa('tar', ['--create', `--file=${evil}.tar`, `--directory=${evil}`, 'request']);
  const out = ['--out', join(folder, 'out.tar')];
  for (const [words, said] of [
    [[pack, '--key', wrong, '--to', to], /does not open/],
    [[pack, '--key', key], /whom it is for/],
    [[pack, '--key', key, '--to', to, '--session-keys'], /whom it is for/],
    [[to, '--key', key, '--to', to], /no package of the rights desk/],
    [
      [pack, '--key', key, '--session-keys', '--fingerprint', '00'.repeat(20)],
      /signed by [0-9a-f]{40}, and not by 0000/,
    ],
    [[`${evil}.tar`, '--key', key, '--session-keys'], /no whole package of the rights desk/],
  ] as const) {
    const ran = await offline(['disclose', ...words, ...out]);
    t.equal(ran.exitCode, 1);
    t.match(ran.stderr, said);
    t.same(await readdir(folder), [], 'nothing is left');
  }
});

// greffier-offline, as one file, where the private keys are; and gpg and sq, which open what it has made.

import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readPrivateKey } from 'openpgp';
import { type Test, test } from 'tap';
import { keysCommands } from '../../src/cli/keys.ts';
import { run as runCommand } from './support/cli.ts';
import { DAY, type KeyWorld, keepSealed, lay, openCanary, openKeyWorld } from './support/keys.ts';
import { gpgHome, offlineTool, sqOpens } from './support/peers.ts';
import { type MadeKey, makeKey, ownFolder } from './support/world.ts';

const PASSPHRASE = 'correct horse battery';
const MADE = { date: new Date('2026-01-01T00:00:00Z') };

/** A file of its own with some content. */
async function file(t: Test, content: string | Uint8Array): Promise<string> {
  const path = join(await ownFolder(t), 'file');
  await writeFile(path, content);
  return path;
}

const message = async ({ vault }: KeyWorld, id: string, header?: Buffer) =>
  Buffer.concat(
    [header ?? (await vault.read(id, DAY, 'header')), await vault.read(id, DAY, 'body')].map(
      (part) => part ?? Buffer.alloc(0),
    ),
  );

test('a recovery key is made in the form that gpg and sq open, and its private part is under a passphrase', async (t) => {
  const [offline, gpg, out] = [await offlineTool(t), await gpgHome(t), await ownFolder(t)];
  t.match(await offline(['make-recovery', '--name', 'Recovery', '--out', out], 'short'), {
    exitCode: 1,
    stderr: /at least 12 characters/,
  });
  t.match(await offline(['make-recovery', '--name', 'Recovery', '--out', out]), {
    exitCode: 1,
    stderr: /needs a passphrase/,
  });
  const made = await offline(['make-recovery', '--name', 'Recovery', '--out', out], PASSPHRASE);
  t.match(made, { exitCode: 0, stdout: /^[0-9a-f]{40}$/ });
  const base = `recovery-${made.stdout.slice(-16)}`;
  t.same((await readdir(out)).sort(), [`${base}.asc`, `${base}.private.asc`, `${base}.revocation.asc`]);
  const [publicKey, privateKey] = await Promise.all(
    [`${base}.asc`, `${base}.private.asc`].map((name) => readFile(join(out, name), 'utf8')),
  );
  const sealed = await gpgHome(t);
  await sealed(['--import'], publicKey ?? '');
  const { stdout } = await sealed(['--encrypt', '--recipient', 'Recovery'], 'a word');
  await gpg(['--passphrase', PASSPHRASE, '--import'], privateKey ?? '');
  const opened = await gpg(['--passphrase', PASSPHRASE, '--decrypt'], Uint8Array.from(stdout));
  t.equal(Buffer.from(opened.stdout).toString(), 'a word');
});

/** A rotation on the box, its pack rewrapped offline. */
async function rotated(t: Test, before: MadeKey, after: MadeKey) {
  const w = await openKeyWorld(t);
  await lay(w, 'recovery', before);
  const { id } = await keepSealed(t, w, [before]);
  const former = (await w.vault.read(id, DAY, 'header')) ?? Buffer.alloc(0);
  const keys = (...words: string[]) => runCommand(t, keysCommands, w.appliance, 'keys', ...words);
  const [pack, back, to] = [w.at('pack'), w.at('back'), await file(t, after.armoredPublic)];
  const from = before.privateKey.getFingerprint();
  t.match((await keys('rotate', '--from', from, '--to', to, '--pack', pack)).out, /left +1/);
  return { w, id, former, keys, pack, back, to };
}

test('a rewrapped message opens with the new key in gpg and sq, and no more with the old one', async (t) => {
  const offline = await offlineTool(t);
  const before = await makeKey({ ...MADE, passphrase: PASSPHRASE });
  const after = await makeKey(MADE);
  const { w, id, former, keys, pack, back, to } = await rotated(t, before, after);
  const key = await file(t, before.armoredPrivate);
  const words = ['rewrap', pack, '--key', key, '--to', to, '--out', back];
  t.match(await offline(words, 'not the passphrase'), { exitCode: 1, stderr: /does not open/ });
  t.match(await offline(words, PASSPHRASE), { exitCode: 0, stderr: /1 of 1 rewrapped, 0 failed/ });
  t.match(await keys('rewrapped', back), { out: '1 accepted, 0 refused\n', status: 0 });
  t.match(await keys('rewrapped', back), { out: '1 accepted, 0 refused\n', status: 0 }, 'twice does no harm');
  await openCanary(w, after);
  t.match((await keys('complete')).out, /completed/);
  const [newGpg, oldGpg] = [await gpgHome(t), await gpgHome(t)];
  await newGpg(['--import'], after.armoredPrivate);
  await oldGpg(['--passphrase', PASSPHRASE, '--import'], before.armoredPrivate);
  const sealed = await message(w, id);
  t.equal((await newGpg(['--decrypt'], sealed)).exitCode, 0);
  t.ok(await sqOpens(t, after.armoredPrivate, sealed));
  t.not((await oldGpg(['--passphrase', PASSPHRASE, '--decrypt'], sealed)).exitCode, 0);
  t.notOk(await sqOpens(t, (await makeKey(MADE)).armoredPrivate, sealed));
  const files = await readdir(w.at('vault', '2026', '05', '22', id));
  for (const name of files)
    t.notOk(
      (await readFile(w.at('vault', '2026', '05', '22', id, name))).includes(former),
      `${name} is not the former header`,
    );
});

test('a key that is not of the rotation is refused before anything is opened', async (t) => {
  const offline = await offlineTool(t);
  const [before, after, other] = [await makeKey(MADE), await makeKey(MADE), await makeKey(MADE)];
  const { pack, back, to } = await rotated(t, before, after);
  const rewrap = async (key: string, target: string) =>
    offline(['rewrap', pack, '--key', await file(t, key), '--to', target, '--out', back]);
  t.match(await rewrap(other.armoredPrivate, to), { exitCode: 1, stderr: /and the pack is about/ });
  t.match(await rewrap(before.armoredPrivate, await file(t, other.armoredPublic)), {
    exitCode: 1,
    stderr: /and the pack is about/,
  });
  t.match(await rewrap(before.armoredPublic, to), { exitCode: 1, stderr: /cannot use/ });
});

test('a session key opens one recording in gpg, and nothing else has to be handed out', async (t) => {
  const [offline, gpg] = [await offlineTool(t), await gpgHome(t)];
  const w = await openKeyWorld(t);
  const key = await makeKey({ ...MADE, passphrase: PASSPHRASE });
  const { id } = await keepSealed(t, w, [key]);
  const sealed = await message(w, id);
  for (const content of [sealed, (await w.vault.read(id, DAY, 'header')) ?? sealed]) {
    const words = ['session-key', await file(t, content), '--key', await file(t, key.armoredPrivate)];
    const { stdout } = await offline(words, PASSPHRASE);
    t.match(stdout, /^9:[0-9A-F]{64}$/);
    const opened = await gpg(['--override-session-key', stdout, '--decrypt'], sealed);
    t.equal(Buffer.from(opened.stdout).subarray(0, 4).toString(), 'fLaC');
  }
});

test('a group key is opened by each member with a personal key, and by nobody else', async (t) => {
  const [offline, out] = [await offlineTool(t), await ownFolder(t)];
  const [marie, paul, eve] = [await makeKey(MADE), await makeKey(MADE), await makeKey(MADE)];
  const paths = await Promise.all([marie, paul].map(({ armoredPublic }) => file(t, armoredPublic)));
  const made = await offline(['make-group', '--name', 'Team', '--members', ...paths, '--out', out]);
  t.match(made, { exitCode: 0, stdout: /^[0-9a-f]{40}$/ });
  const wrapped = join(out, `${made.stdout}.pgp`);
  const group = await readFile(join(out, `${made.stdout}.asc`), 'utf8');
  const w = await openKeyWorld(t);
  const { id } = await keepSealed(t, w, [{ ...marie, armoredPublic: group }]);
  const header = await file(t, (await w.vault.read(id, DAY, 'header')) ?? '');
  const opens = async ({ armoredPrivate }: MadeKey, via: string) =>
    (await offline(['session-key', header, '--key', await file(t, armoredPrivate), '--via', via]))
      .exitCode === 0;
  t.ok((await opens(marie, wrapped)) && (await opens(paul, wrapped)));
  t.notOk(await opens(eve, wrapped));
  const gpg = await gpgHome(t);
  await gpg(['--import'], paul.armoredPrivate);
  const { stdout } = await gpg(['--decrypt'], await readFile(wrapped));
  t.equal(
    (await readPrivateKey({ armoredKey: Buffer.from(stdout).toString() })).getFingerprint(),
    made.stdout,
  );
  const anew = join(out, 'anew.pgp');
  const key = await file(t, marie.armoredPrivate);
  const members = await Promise.all([marie, eve].map(({ armoredPublic }) => file(t, armoredPublic)));
  t.match(await offline(['wrap-group', wrapped, '--key', key, '--members', ...members, '--out', anew]), {
    exitCode: 0,
  });
  t.ok(await opens(eve, anew));
  t.notOk(await opens(paul, anew));
});

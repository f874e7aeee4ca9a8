// Encrypting again: out, through greffier-offline, and back; and the exchange of a whole recording, killed anywhere.

import { createHash } from 'node:crypto';
import { cp, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createMessage, readKey, readSignature, verify } from 'openpgp';
import { type Test, test } from 'tap';
import { recordingsCommands } from '../../src/cli/recordings.ts';
import { mendExchanges, takeReencrypted } from '../../src/keyring/reencrypt.ts';
import { rotate } from '../../src/keyring/rotation.ts';
import { reencrypt } from '../../src/offline/reencrypt.ts';
import { readManifest } from '../../src/sealing/manifest.ts';
import { isOnePacket } from '../../src/shared/packets.ts';
import { run as runCommand } from './support/cli.ts';
import {
  asRoot,
  DAY,
  encryptionId,
  type KeyWorld,
  keepSealed,
  laid,
  lay,
  oldEnough,
  openKeyWorld,
  opens,
} from './support/keys.ts';
import { gpgHome, offlineTool, sqOpens } from './support/peers.ts';
import { messageOf } from './support/world.ts';

const [old, recovery, team] = [await oldEnough('Old'), await oldEnough('Recovery'), await oldEnough('Team')];

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** A recording that was sealed to a key that is in force no more. */
async function world(t: Test) {
  const w = await openKeyWorld(t);
  await lay(w, 'recovery', recovery);
  await lay(w, 'recipients/team', team);
  const { id } = await keepSealed(t, w, [old]);
  return { w, id, manifest: (await w.vault.read(id, DAY, 'manifest')) ?? Buffer.alloc(0) };
}

async function partsOf({ vault }: KeyWorld, id: string) {
  const [header, body, details] = await Promise.all(
    (['header', 'body', 'details'] as const).map(async (part) =>
      Uint8Array.from((await vault.read(id, DAY, part)) ?? []),
    ),
  );
  return { header, body, details } as { header: Uint8Array; body: Uint8Array; details: Uint8Array };
}

const keys = (...made: (typeof old)[]) =>
  Promise.all(made.map(({ armoredPublic }) => readKey({ armoredKey: armoredPublic })));

test('a recording that was encrypted again opens for today’s recipients, and its manifest can be traced', async (t) => {
  const { w, id, manifest } = await world(t);
  const offline = await offlineTool(t);
  const run = (...words: string[]) => runCommand(t, recordingsCommands, w.appliance, 'recordings', ...words);
  t.match(
    (await run('reencrypt', id, '--reason', 'a session key is known', '--to', w.at('out'))).out,
    '1 written',
  );
  for (const [name, key] of Object.entries({
    old: old.armoredPrivate,
    r: recovery.armoredPublic,
    t: team.armoredPublic,
  }))
    await writeFile(w.at(name), key);
  const words = [
    'reencrypt',
    w.at('out'),
    '--key',
    w.at('old'),
    '--to',
    w.at('r'),
    w.at('t'),
    '--out',
    w.at('back'),
  ];
  t.match(await offline(words), { exitCode: 0, stderr: /1 of 1/ });
  t.match(await run('reencrypted', w.at('back')), { out: '1 taken back\n', status: 0 });
  t.ok((await opens(w, id, recovery)) && (await opens(w, id, team)));
  t.notOk(await opens(w, id, old));
  const { header, body } = await partsOf(w, id);
  const sealed = Buffer.concat([header, body]);
  const gpg = await gpgHome(t);
  await gpg(['--import'], recovery.armoredPrivate);
  t.equal((await gpg(['--decrypt'], sealed)).exitCode, 0);
  t.ok(await sqOpens(t, team.armoredPrivate, sealed));
  const bytes = (await w.vault.read(id, DAY, 'manifest')) ?? Buffer.alloc(0);
  const { dueAt, recipients } = readManifest(bytes);
  t.equal(dueAt, readManifest(manifest).dueAt);
  t.equal(recipients.length, 2);
  t.same(w.catalogue.sealedTo.of(id), [await encryptionId(recovery), await encryptionId(team)].sort());
  const [name = ''] = (await readdir(w.at('vault', 'reencrypted'))).filter((one) => one.endsWith('.json'));
  const statement = await readFile(w.at('vault', 'reencrypted', name));
  const armoredSignature = await readFile(w.at('vault', 'reencrypted', `${name}.asc`), 'utf8');
  const { signatures } = await verify({
    message: await createMessage({ binary: statement }),
    signature: await readSignature({ armoredSignature }),
    verificationKeys: await readKey({ armoredKey: w.signer.publicKey }),
  });
  t.equal(await signatures[0]?.verified, true);
  const { formerManifestSha256, manifestSha256 } = JSON.parse(`${statement}`);
  t.same([formerManifestSha256, manifestSha256], [sha256(manifest), sha256(bytes)]);
  t.match(await run('reencrypted', w.at('back')), {
    out: '0 taken back\n',
    err: /made from another manifest/,
  });
});

test('what is not for today’s recipients, or not whole, is refused, and the recording stays as it is', async (t) => {
  const { w, id, manifest } = await world(t);
  const before = await partsOf(w, id);
  const take = (parts: typeof before, former = sha256(manifest)) =>
    messageOf(() => takeReencrypted(w.appliance, 'marie', id, former, parts));
  const good = await reencrypt(before, old.privateKey, await keys(recovery, team));
  t.match(await take(await reencrypt(before, old.privateKey, await keys(recovery))), /and should be for/);
  t.match(await take(good, 'ab12'), /made from another manifest/);
  t.match(await take({ ...good, body: good.body.subarray(0, 100) }), /not one version 1|cut off/);
  t.match(await take({ ...good, details: Buffer.concat([good.details, good.header]) }), /not one version 1/);
  const from = recovery.privateKey.getFingerprint();
  w.clock.move(new Date('2026-12-31T08:00:00Z').getTime() - w.clock().getTime());
  t.match(await take(good), /it is destroyed on 2027-01-01/);
  w.clock.move(-10 * 86_400_000);
  await rotate(w.appliance, 'marie', { from, name: 'x', content: laid(old) }, asRoot);
  t.match(await take(good), /a rotation is under way/);
  t.same(await partsOf(w, id), before);
});

test('an exchange that was killed in the middle is ended, forward or back, and nothing is left of the other', async (t) => {
  for (const arrived of [false, true]) {
    const { w, id } = await world(t);
    const place = w.at('vault', '2026', '05', '22', id);
    const former = w.at('vault', 'incoming', `${id}.former.2026-05-22`);
    await cp(place, w.at('vault', 'incoming', `${id}.reencrypted`), { recursive: true });
    await rename(place, former);
    if (arrived) {
      await cp(former, place, { recursive: true });
      await writeFile(join(place, 'header.pgp'), 'new');
    }
    await mendExchanges(w.appliance);
    t.equal((await readFile(join(place, 'header.pgp'))).equals(Buffer.from('new')), arrived);
    t.same(await readdir(w.at('vault', 'incoming')), []);
  }
});

test('one packet is told from more and from less, whole or in parts', async (t) => {
  const { w, id } = await world(t);
  const { body, details } = await partsOf(w, id);
  await mkdir(w.at('x'));
  for (const part of [
    body,
    details,
    Uint8Array.of(0xd2, 224, 1, 1, 5),
    Uint8Array.of(0xd2, 225, 1, 1, 192, 0, ...new Uint8Array(192)),
  ]) {
    t.ok(isOnePacket(part, 18));
    t.notOk(isOnePacket(Buffer.concat([part, Buffer.alloc(1)]), 18));
    t.notOk(isOnePacket(part, 1));
  }
  t.notOk(isOnePacket(Uint8Array.of(0xd2, 224, 1), 18));
});

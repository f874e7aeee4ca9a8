// One key takes the place of another: nothing is lost, wherever it is stopped, and in the end the old key opens nothing.

import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readKey } from 'openpgp';
import { type Test, test } from 'tap';
import { rotate, rotationStatus, takeHeaders } from '../../src/keyring/rotation.ts';
import { complete, rollback, tidyRetired } from '../../src/keyring/rotation-end.ts';
import { recipientsOf } from '../../src/keys/recipients.ts';
import { rewrapHeader } from '../../src/offline/rewrap.ts';
import {
  asRoot,
  DAY,
  encryptionId,
  type KeyWorld,
  keepSealed,
  keyIdsOf,
  laid,
  lay,
  oldEnough,
  openCanary,
  openKeyWorld,
  opens,
  rewrapAll,
} from './support/keys.ts';
import { codeOf } from './support/world.ts';

const [before, after, team] = [await oldEnough('Before'), await oldEnough('After'), await oldEnough('Team')];
const from = before.privateKey.getFingerprint();
const to = after.privateKey.getFingerprint();

async function world(t: Test): Promise<KeyWorld> {
  const opened = await openKeyWorld(t);
  await lay(opened, 'recovery', before, 'recovery.asc');
  await lay(opened, 'recipients/team', team);
  return opened;
}

const begin = ({ appliance }: KeyWorld) =>
  rotate(appliance, 'marie', { from, name: 'after.asc', content: laid(after) }, asRoot);

async function inForce({ appliance, clock }: KeyWorld) {
  const { keys } = await recipientsOf(appliance.config.paths, undefined, clock());
  return new Set(keys.map(({ fingerprint }) => fingerprint));
}

test('a rotation from its beginning to its end: the new key opens everything, the old one nothing', async (t) => {
  const w = await world(t);
  const [one, both] = [await keepSealed(t, w, [before]), await keepSealed(t, w, [before, team])];
  const copy = await w.vault.read(one.id, DAY, 'header');
  const rotation = await begin(w);
  t.same(await inForce(w), new Set([from, to]), 'new recordings are sealed to both');
  const made = await keepSealed(t, w, [before, after]);
  t.match(await rotationStatus(w.appliance), { state: 'running', total: 3, done: 1, left: 2 });
  t.equal(await codeOf(() => complete(w.appliance, 'marie', asRoot)), 'rotation-not-done');
  t.same(await rewrapAll(w, rotation, before), { accepted: 2, refused: [] });
  t.ok(await opens(w, one.id, after));
  t.notOk(await opens(w, one.id, before));
  t.same(new Set(await keyIdsOf(w, both.id)), new Set([await encryptionId(after), await encryptionId(team)]));
  t.match(await rotationStatus(w.appliance), {
    left: 0,
    obstacle: /canary of the new key .* was not opened/,
  });
  t.equal(await codeOf(() => complete(w.appliance, 'marie', asRoot)), 'rotation-not-done');
  await openCanary(w, after);
  await complete(w.appliance, 'marie', asRoot);
  t.same(await inForce(w), new Set([to]));
  for (const { id } of [one, both, made]) {
    t.ok(await opens(w, id, after));
    t.notOk(await opens(w, id, before));
    t.notOk(await w.vault.read(id, DAY, 'previous'));
  }
  t.ok(await opens(w, one.id, before, copy), 'a copy of a header that left the box is beyond its reach');
  t.equal(w.catalogue.sealedTo.count([await encryptionId(before)]), 0);
  const done = (await w.audit.entries()).map(({ action }) => action);
  t.same(done, ['keys-rotate', 'keys-rewrapped', 'key-drill', 'keys-complete']);
});

test('a key that a rotation retired does not come back when somebody copies its file again', async (t) => {
  const w = await world(t);
  await begin(w);
  await openCanary(w, after);
  await complete(w.appliance, 'marie', asRoot);
  await lay(w, 'recovery', before, 'recovery.asc');
  t.same(await inForce(w), new Set([to]));
  t.equal(await codeOf(() => complete(w.appliance, 'marie', asRoot)), 'no-rotation');
  const back = { from: to, name: 'before.asc', content: laid(before) };
  t.equal(await codeOf(() => rotate(w.appliance, 'marie', back, asRoot)), 'unfit-key');
});

test('rolled back, every header is the one it was, and the new key opens nothing', async (t) => {
  const w = await world(t);
  const one = await keepSealed(t, w, [before, team]);
  const header = await w.vault.read(one.id, DAY, 'header');
  await rewrapAll(w, await begin(w), before);
  const made = await keepSealed(t, w, [before, after]);
  await rollback(w.appliance, 'marie', asRoot);
  t.same(await w.vault.read(one.id, DAY, 'header'), header);
  t.notOk(await opens(w, made.id, after));
  t.ok(await opens(w, made.id, before));
  t.same(await inForce(w), new Set([from]));
  t.equal(w.catalogue.sealedTo.count([await encryptionId(after)]), 0);
  t.match(await rotationStatus(w.appliance), { state: 'rolled-back' });
  t.equal((await begin(w)).state, 'running', 'it can be begun again');
});

test('what was destroyed meanwhile, or does not exist, is refused and holds nothing up', async (t) => {
  const w = await world(t);
  const [gone, stays] = [await keepSealed(t, w, [before]), await keepSealed(t, w, [before])];
  const rotation = await begin(w);
  const key = await readKey({ armoredKey: after.armoredPublic });
  const rewrapped = async ({ id }: { id: string }) => ({
    id,
    header: await rewrapHeader(
      (await w.vault.read(id, DAY, 'header')) ?? Buffer.alloc(0),
      before.privateKey,
      [key],
    ),
  });
  const headers = [await rewrapped(gone), await rewrapped(stays), { id: '../x', header: Buffer.alloc(0) }];
  for (const part of ['header', 'previous', 'next', 'body'] as const) await w.vault.shred(gone.id, DAY, part);
  t.same(await takeHeaders(w.appliance, 'marie', headers, rotation.id), {
    accepted: 1,
    refused: [
      { id: gone.id, reason: 'it was destroyed meanwhile' },
      { id: '../x', reason: 'there is no such recording' },
    ],
  });
  await openCanary(w, after);
  t.equal((await complete(w.appliance, 'marie', asRoot)).state, 'completed');
});

test('a header is taken only when it is for whom it should be, and changed in nothing else', async (t) => {
  const w = await world(t);
  const one = await keepSealed(t, w, [before, team]);
  const other = await keepSealed(t, w, [team]);
  await begin(w);
  const header = (await w.vault.read(one.id, DAY, 'header')) ?? Buffer.alloc(0);
  const keys = async (...made: (typeof after)[]) =>
    Promise.all(made.map(({ armoredPublic }) => readKey({ armoredKey: armoredPublic })));
  const good = await rewrapHeader(header, before.privateKey, await keys(after));
  const changed = Uint8Array.from(good);
  changed[good.length - 1] = (changed[good.length - 1] ?? 0) ^ 1;
  const cases: [Uint8Array, string | RegExp][] = [
    [header, 'it is still for the old key'],
    [
      await rewrapHeader(header, before.privateKey, await keys(await oldEnough('Nobody'))),
      /which is not the new key/,
    ],
    [await rewrapHeader(header, before.privateKey, await keys(after, after)), /2 packets for the new key/],
    [changed, /was changed/],
    [good.subarray(0, 94), /0 packets for|cut off/],
    [Buffer.concat([good, one.sealed.bodyBytes]), /not a version 3 session key packet/],
    [Buffer.alloc(0), /the header is empty/],
  ];
  for (const [given, reason] of cases)
    t.match(await takeHeaders(w.appliance, 'marie', [{ id: one.id, header: given }]), {
      accepted: 0,
      refused: [{ reason }],
    });
  t.match(await takeHeaders(w.appliance, 'marie', [{ id: other.id, header: good }]), {
    refused: [{ reason: 'the recording is not sealed to the old key' }],
  });
  t.same(await w.vault.read(one.id, DAY, 'header'), header);
  const twice = [good, good].map((given) => ({ id: one.id, header: given }));
  t.match(await takeHeaders(w.appliance, 'marie', twice), { accepted: 2 });
  t.same(await w.vault.read(one.id, DAY, 'previous'), header);
});

test('a call that began before the rotation keeps the old key until its recording is rewrapped', async (t) => {
  const w = await world(t);
  const rotation = await begin(w);
  await openCanary(w, after);
  const one = await keepSealed(t, w, [before]);
  const folder = await w.vault.incoming('3f2b8c1e-5a64-4c0e-9d7a-0123456789ab');
  await writeFile(join(folder, 'header.pgp'), one.sealed.header);
  t.match(await rotationStatus(w.appliance), { obstacle: /^1 recordings are sealed to the old key/ });
  t.match(await rewrapAll(w, rotation, before), { accepted: 1 });
  t.match(await rotationStatus(w.appliance), { obstacle: /^1 calls in progress/ });
  t.equal(await codeOf(() => complete(w.appliance, 'marie', asRoot)), 'rotation-not-done');
  await w.vault.discard('3f2b8c1e-5a64-4c0e-9d7a-0123456789ab');
  t.match(await rotationStatus(w.appliance), { obstacle: null });
});

test('a recording that was being sealed to both keys at the end loses the packet of the old one', async (t) => {
  const w = await world(t);
  await begin(w);
  await openCanary(w, after);
  await complete(w.appliance, 'marie', asRoot);
  const late = await keepSealed(t, w, [before, after]);
  t.equal(await tidyRetired(w.appliance), 1);
  t.same(await keyIdsOf(w, late.id), [await encryptionId(after)]);
  t.equal(await tidyRetired(w.appliance), 0);
  t.notOk((await readdir(w.at('vault', '2026', '05', '22', late.id))).includes('header.previous.pgp'));
  await rm(w.at('etc', 'recovery', `${from}.retired`));
  await lay(w, 'recovery', before);
  await keepSealed(t, w, [before, after]);
  t.equal(await tidyRetired(w.appliance), 0, 'a key that was brought back is no retired one');
});

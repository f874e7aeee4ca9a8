// Destruction on the day that was promised: never before it, never halfway, and with a receipt.

import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createMessage, readKey, readSignature, verify } from 'openpgp';
import { type Test, test } from 'tap';
import { openCatalogue } from '../../src/catalogue/catalogue.ts';
import { rebuildCatalogue } from '../../src/catalogue-rows.ts';
import { preview } from '../../src/purge/sweep.ts';
import { isThere, keep, openStore, type Store, swept, unreadable, watched } from './support/store.ts';
import { ownFolder } from './support/world.ts';

const DUE = '2026-11-22T08:00:00.000Z';
const LATER = '2026-11-22T08:00:00.001Z';
const STEPS = ['header', 'previous', 'next', 'body', 'details', 'tombstone', 'folder', 'row'];
const DAY = new Date('2026-05-22T00:00:00Z');

async function gather<T>(all: AsyncIterable<T>): Promise<T[]> {
  return Array.fromAsync(all);
}

test('what is due in a millisecond is not destroyed; what is due now is', async (t) => {
  const store = await openStore(t);
  const [due, later] = [await keep(store, DUE), await keep(store, LATER)];
  t.same(
    [...preview(store.destruction(), store.clock())].map(({ id }) => id),
    [due.id],
  );
  t.same(await swept(store.destruction(), store.clock()), { destroyed: [due.id], failed: [] });
  t.notOk(await isThere(join(store.root, due.folder)));
  t.same((await readdir(join(store.root, later.folder))).length, 5);
  t.equal(store.catalogue.recording(later.id)?.state, 'sealed');
  store.clock.move(1);
  t.same((await swept(store.destruction(), store.clock())).destroyed, [later.id]);
});

test('a preview destroys nothing', async (t) => {
  const store = await openStore(t);
  const { id, folder } = await keep(store, DUE);
  [...preview(store.destruction(), store.clock())];
  t.same((await readdir(join(store.root, folder))).length, 5);
  t.equal(store.catalogue.recording(id)?.state, 'sealed');
});

test('the header goes first, then the rest, then the tombstone comes, then folder and row go', async (t) => {
  const store = await openStore(t);
  const { folder } = await keep(store, DUE);
  const [steps, files]: [string[], string[][]] = [[], []];
  const destruction = watched(store.destruction(), (step) => steps.push(step));
  const shred = destruction.shred;
  destruction.shred = async (recording, part) => {
    await shred(recording, part);
    files.push((await readdir(join(store.root, folder))).sort());
  };
  await swept(destruction, store.clock());
  t.same(steps, STEPS);
  const kept = ['manifest.json', 'manifest.json.asc'];
  const sealed = ['body.pgp', 'details.pgp', ...kept];
  t.same(files, [sealed, sealed, sealed, ['details.pgp', ...kept], kept]);
});

test('a power cut between any two steps leaves nothing undone after the next sweep, and one tombstone', async (t) => {
  for (const cut of STEPS) {
    const store = await openStore(t);
    const { id, folder } = await keep(store, DUE);
    const broken = watched(store.destruction(), (step) => {
      if (step === cut) throw new Error(`cut before ${step}`);
    });
    t.same(await swept(broken, store.clock()), {
      destroyed: [],
      failed: [{ id, reason: `cut before ${cut}` }],
    });
    t.equal(await isThere(join(store.root, folder, 'header.pgp')), cut === 'header', `${cut}: header`);
    store.clock.move(60_000);
    t.same(await swept(store.destruction(), store.clock()), { destroyed: [id], failed: [] }, cut);
    await expectDestroyed(t, store, id, folder, cut);
    const [text = ''] = await gather(store.vault.tombstones());
    const firstTime = cut === 'folder' || cut === 'row';
    t.equal(JSON.parse(text).destroyedAt, firstTime ? DUE : '2026-11-22T08:01:00.000Z', `${cut}: receipt`);
  }
});

async function expectDestroyed(
  t: Test,
  store: Store,
  id: string,
  folder: string,
  cut: string,
): Promise<void> {
  t.notOk(await isThere(join(store.root, folder)), `${cut}: folder`);
  const graves = join(store.root, 'vault', 'tombstones', '2026', '05');
  t.same((await readdir(graves)).sort(), [`${id}.json`, `${id}.json.asc`], `${cut}: tombstone`);
  t.match(store.catalogue.recording(id), { state: 'destroyed', last4: '', fingerprint: '', bytes: 0 }, cut);
  const told = (await store.audit.entries()).filter(({ action }) => action === 'purge');
  t.ok(told.length > 0 && told.every(({ recording }) => recording === id), `${cut}: the log names it`);
  t.equal(told[0]?.code, undefined, `${cut}: the first attempt`);
  t.ok(
    told.slice(1).every(({ code }) => code === 'again' || cut === 'header'),
    `${cut}: the second says so`,
  );
  t.same(
    await swept(store.destruction(), store.clock()),
    { destroyed: [], failed: [] },
    `${cut}: it is over`,
  );
}

test('a tombstone says what was destroyed and when, is signed, and says nothing of the person (C23)', async (t) => {
  const store = await openStore(t);
  const { id } = await keep(store, DUE);
  await swept(store.destruction(), store.clock());
  const [text = ''] = await gather(store.vault.tombstones());
  t.match(JSON.parse(text), {
    id,
    dueAt: DUE,
    destroyedAt: DUE,
    reason: 'retention-over',
    bodySha256: 'ab12',
  });
  for (const personal of ['5678', 'f00d', '"201"']) t.notOk(text.includes(personal), personal);
  const grave = join(store.root, 'vault', 'tombstones', '2026', '05', `${id}.json.asc`);
  const { signatures } = await verify({
    message: await createMessage({ binary: new TextEncoder().encode(text) }),
    signature: await readSignature({ armoredSignature: await readFile(grave, 'utf8') }),
    verificationKeys: await readKey({ armoredKey: store.signer.publicKey }),
  });
  t.equal(await signatures[0]?.verified, true);
});

test('one recording that cannot be destroyed does not stop the others, and is tried again', async (t) => {
  const store = await openStore(t);
  const [first, stuck, last] = [await keep(store, DUE), await keep(store, DUE), await keep(store, DUE)];
  const foreign = join(store.root, stuck.folder, 'not ours');
  await writeFile(foreign, 'somebody put this here');
  const report = await swept(store.destruction(), store.clock());
  t.same(new Set(report.destroyed), new Set([first.id, last.id]));
  t.match(report.failed, [{ id: stuck.id, reason: /ENOTEMPTY/ }]);
  t.notOk(await isThere(join(store.root, stuck.folder, 'header.pgp')), 'and it opens no more all the same');
  await rm(foreign);
  t.same((await swept(store.destruction(), store.clock())).destroyed, [stuck.id]);
});

test('when the audit log cannot be written the row stays due', async (t) => {
  const store = await openStore(t);
  const { id } = await keep(store, DUE);
  const destruction = store.destruction();
  await rm(join(store.root, 'audit'), { recursive: true });
  t.match((await swept(destruction, store.clock())).failed, [{ id, reason: /audit log cannot be written/ }]);
  t.equal(store.catalogue.recording(id)?.state, 'sealed');
});

test('a catalogue that was lost is filled again from the vault', async (t) => {
  const store = await openStore(t);
  const [gone, kept] = [await keep(store, DUE), await keep(store, LATER)];
  await swept(store.destruction(), store.clock());
  const fresh = await openCatalogue(await ownFolder(t));
  t.teardown(() => fresh.close());
  t.equal(await rebuildCatalogue(store.vault, fresh, unreadable), 2);
  t.same(fresh.recording(kept.id), store.catalogue.recording(kept.id));
  t.match(fresh.recording(gone.id), { state: 'destroyed', due_at: DUE, destroyed_at: DUE, last4: '' });
  t.same(
    fresh.due(LATER, 10).map(({ id }) => id),
    [kept.id],
  );
});

test('a recording that is being sealed is seen by nobody, and appears all at once', async (t) => {
  const { vault, root } = await openStore(t);
  const id = '3f2b8c1e-5a64-4c0e-9d7a-0123456789ab';
  const folder = await vault.incoming(id);
  await writeFile(join(folder, 'header.pgp'), 'half');
  t.same(await gather(vault.recordings()), []);
  t.notOk(await vault.has(id, DAY));
  const again = await vault.incoming(id);
  t.same(await readdir(again), [], 'what a crash left is gone');
  await vault.putManifest(id, Buffer.from('{}'), 'signature');
  await vault.admit(id, DAY);
  t.same(await gather(vault.recordings()), [{ id, day: DAY }]);
  t.same(await readdir(join(root, 'vault', 'incoming')), []);
});

test('rows of the catalogue come newest first, page by page, none twice', async (t) => {
  const store = await openStore(t);
  for (let count = 0; count < 7; count += 1) await keep(store, LATER);
  const seen: string[] = [];
  for (let page = store.catalogue.recordings(3); page.length > 0; ) {
    seen.push(...page.map(({ id }) => id));
    page = store.catalogue.recordings(3, page.at(-1));
  }
  t.equal(seen.length, 7);
  t.same(seen, [...new Set(seen)].sort().reverse());
});

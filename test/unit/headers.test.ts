// A header that is changed, kept, put back and destroyed: at every moment there is a whole one, and what is destroyed
// is overwritten where it lay.

import { linkSync, renameSync, writeFileSync } from 'node:fs';
import { open, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'tap';
import { isThere, keep, openStore, type Store, swept, watched } from './support/store.ts';

const DUE = '2026-11-22T08:00:00.000Z';
const DAY = new Date('2026-05-22T00:00:00Z');
const NEW = Buffer.from('rewrapped');

async function kept(t: Parameters<typeof openStore>[0]) {
  const store = await openStore(t);
  const { id, folder } = await keep(store, DUE);
  const at = (name: string) => join(store.root, folder, name);
  return { store, id, folder: join(store.root, folder), at, headers: store.vault.headers };
}

/** What a name in the folder holds. */
const read = (store: Store, id: string, part: 'header' | 'previous' | 'next') =>
  store.vault.read(id, DAY, part).then((bytes) => bytes?.toString().slice(0, 9));

test('a header is replaced and the former one kept, the oldest when it is replaced again', async (t) => {
  const { store, id, headers } = await kept(t);
  t.ok(await headers.replace(id, DAY, NEW));
  t.ok(await headers.replace(id, DAY, Buffer.from('once more')));
  t.equal(await read(store, id, 'header'), 'once more');
  t.equal(await read(store, id, 'previous'), 'header.pg');
  t.equal(await read(store, id, 'next'), undefined);
  t.notOk(
    await headers.replace('3f2b8c1e-5a64-4c0e-9d7a-000000000000', DAY, NEW),
    'there is no such recording',
  );
});

test('a header that is put back is the former one, and what took its place is overwritten', async (t) => {
  const { store, id, at, headers } = await kept(t);
  await headers.replace(id, DAY, NEW);
  const replaced = await open(at('header.pgp'), 'r');
  t.teardown(() => replaced.close());
  t.ok(await headers.restore(id, DAY));
  t.equal(await read(store, id, 'header'), 'header.pg');
  t.notMatch((await replaced.readFile()).toString(), 'rewrapped');
  t.notOk(await headers.restore(id, DAY), 'once is enough');
  t.notOk(await isThere(at('header.previous.pgp')));
});

test('a former header that is forgotten is overwritten where it lay, and the one in force stays', async (t) => {
  const { store, id, at, headers } = await kept(t);
  const original = await open(at('header.pgp'), 'r');
  t.teardown(() => original.close());
  await headers.replace(id, DAY, NEW);
  t.ok(await headers.forgetPrevious(id, DAY));
  t.notMatch((await original.readFile()).toString(), 'header.pgp of');
  t.equal(await read(store, id, 'header'), 'rewrapped');
  t.notOk(await headers.forgetPrevious(id, DAY));
});

// Each is a state that a kill between two steps leaves behind.
const CUTS: [string, (at: (name: string) => string) => void][] = [
  ['the new one was begun', (at) => writeFileSync(at('header.next.pgp'), 'rewr')],
  ['the former one has two names', (at) => linkSync(at('header.pgp'), at('header.previous.pgp'))],
  ['the one in force has two names', (at) => linkSync(at('header.pgp'), at('header.next.pgp'))],
];

test('whatever a kill left, the header in force is whole, and each next step goes on from there', async (t) => {
  for (const [what, cut] of CUTS) {
    for (const step of ['replace', 'restore', 'forgetPrevious'] as const) {
      const { store, id, folder, at, headers } = await kept(t);
      cut((name) => at(name));
      await headers[step](id, DAY, NEW);
      const expected = step === 'replace' ? 'rewrapped' : 'header.pg';
      t.equal(await read(store, id, 'header'), expected, `${what}, then ${step}`);
      const left = (await readdir(folder)).filter((name) => name.startsWith('header.'));
      const names = step === 'replace' ? ['header.pgp', 'header.previous.pgp'] : ['header.pgp'];
      t.same(left, names, `${what}, then ${step}`);
      if (step === 'replace') t.equal(await read(store, id, 'previous'), 'header.pg', what);
    }
  }
});

test('headers that a rotation left are destroyed with the one in force, before the body', async (t) => {
  const { store, id, folder, at } = await kept(t);
  t.ok(await store.vault.headers.replace(id, DAY, Buffer.from('rewrapped')));
  await writeFile(at('header.next.pgp'), 'begun');
  const former = await open(at('header.previous.pgp'), 'r');
  t.teardown(() => former.close());
  const left: string[][] = [];
  const destruction = watched(store.destruction(), () => {});
  const shred = destruction.shred;
  destruction.shred = async (recording, part) => {
    if (part === 'body') left.push((await readdir(folder)).sort());
    await shred(recording, part);
  };
  t.same(await swept(destruction, store.clock()), { destroyed: [id], failed: [] });
  t.same(left, [['body.pgp', 'details.pgp', 'manifest.json', 'manifest.json.asc']]);
  t.notOk((await former.readFile()).includes('header.pgp of'), 'its blocks were overwritten');
  t.notOk(await isThere(folder));
});

test('a header put back at the moment of its destruction does not survive the next sweep', async (t) => {
  const { store, id, folder } = await kept(t);
  await store.vault.headers.replace(id, DAY, Buffer.from('rewrapped'));
  const broken = watched(store.destruction(), (step) => {
    if (step === 'tombstone') renameSync(join(store.root, 'kept'), join(folder, 'header.pgp'));
  });
  await writeFile(join(store.root, 'kept'), 'a header that was on its way');
  t.match((await swept(broken, store.clock())).failed, [{ id }]);
  t.same((await swept(store.destruction(), store.clock())).destroyed, [id]);
  t.notOk(await isThere(folder));
});

// The vault is looked at before somebody needs it: what is damaged is found, named and told.

import { cp, mkdir, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'tap';
import { vaultCommands } from '../../src/cli/vault.ts';
import { lastCheckOf } from '../../src/health.ts';
import { checkVault } from '../../src/upkeep/vault-check.ts';
import { run } from './support/cli.ts';
import { flip } from './support/evidence.ts';
import { swept } from './support/store.ts';
import { type CheckedStore, fillVault, openCheckedStore, placeOf } from './support/vault.ts';
import { makeKey } from './support/world.ts';

const recovery = await makeKey();
type T = Parameters<typeof openCheckedStore>[0];

async function filled(t: T, count: number): Promise<{ store: CheckedStore; ids: string[] }> {
  const store = await openCheckedStore(t);
  return { store, ids: await fillVault(t, store, recovery, count) };
}

test('a good vault has no finding, and the status says when it was checked and how it was', async (t) => {
  const { store } = await filled(t, 5);
  t.equal(await lastCheckOf(store), null);
  const { out, err, status } = await run(t, vaultCommands, store, 'vault', 'check');
  t.equal(status, 0, err);
  t.match(out, '5 of 5 recordings, 0 tombstones, 5 call records; 0 damaged');
  t.same(await lastCheckOf(store), { at: '2026-11-22T08:00:00.000Z', checked: 5, bad: 0 });
  t.same(await store.alarms.latest(9), []);
});

/** What is done to a recording, and what is said of it. */
const DAMAGES: Record<
  string,
  [(folder: string, store: CheckedStore, id: string) => Promise<unknown>, RegExp]
> = {
  'a bit of the body': [
    (folder) => flip(join(folder, 'body.pgp')),
    /^body.pgp is not the one that the manifest names$/,
  ],
  'a body cut short': [
    (folder) => truncate(join(folder, 'body.pgp'), 9),
    /^body.pgp has 9 bytes and not \d+$/,
  ],
  'a body that is gone': [(folder) => rm(join(folder, 'body.pgp')), /^body.pgp is missing$/],
  'a bit of the details': [(folder) => flip(join(folder, 'details.pgp')), /^details.pgp is not the one/],
  'a header that is gone': [(folder) => rm(join(folder, 'header.pgp')), /^header.pgp is missing$/],
  'a header of nothing': [
    (folder) => writeFile(join(folder, 'header.pgp'), ''),
    /^header.pgp: the header is empty$/,
  ],
  'a header of version 6': [
    (folder) => flip(join(folder, 'header.pgp'), 2),
    /^header.pgp: packet 0 of the header/,
  ],
  'a bit of the manifest': [
    (folder) => flip(join(folder, 'manifest.json')),
    /^the signature of the manifest is not good/,
  ],
  'no manifest': [(folder) => rm(join(folder, 'manifest.json')), /^manifest.json is missing$/],
  'no signature': [(folder) => rm(join(folder, 'manifest.json.asc')), /^manifest.json.asc is missing$/],
  'a file of nobody': [(folder) => writeFile(join(folder, 'notes'), ''), /^notes is no file of a recording$/],
  'no row': [
    async (_, { catalogue }, id) => catalogue.remove({ recordings: [id], calls: [] }),
    /^the catalogue has no row/,
  ],
  'no record of the call': [
    (folder, _, id) =>
      rm(join(folder.replace('/vault/', '/vault/calls/').replace(`/${id}`, ''), `${id}.json`)),
    /^the record of its call is missing$/,
  ],
};

test('each damage is found, alone, and raises one alarm of its recording', async (t) => {
  const names = Object.keys(DAMAGES);
  const { store, ids } = await filled(t, names.length + 1);
  for (const [at, name] of names.entries()) {
    const id = ids[at] ?? '';
    await DAMAGES[name]?.[0](await placeOf(store, id), store, id);
  }
  const { findings } = await checkVault(store);
  t.equal(findings.length, names.length + 1, 'and the call of the one without a manifest says so too');
  for (const [at, name] of names.entries()) {
    const found = findings.find(({ id, kind }) => id === ids[at] && kind === 'recording');
    t.match(found?.faults[0], DAMAGES[name]?.[1], name);
  }
  const alarms = await store.alarms.latest(99);
  t.same(new Set(alarms.map(({ code }) => code)), new Set(['vault.damaged']));
  t.same(alarms.map(({ call }) => call).sort(), ids.slice(0, names.length));
  t.equal((await lastCheckOf(store))?.bad, names.length + 1);
  const { status, out, err } = await run(t, vaultCommands, store, 'vault', 'check');
  t.equal(status, 1, err);
  t.match(out, `recording  ${ids[0]}  body.pgp is not the one that the manifest names`);
});

test('a recording in the place of another, on another day, or that went as a whole is found', async (t) => {
  const { store, ids } = await filled(t, 4);
  const [swapped, other, moved, gone] = (await Promise.all(ids.map((id) => placeOf(store, id)))) as [
    string,
    string,
    string,
    string,
  ];
  await rm(swapped, { recursive: true });
  await cp(other, swapped, { recursive: true });
  await mkdir(join(store.root, 'vault', '2026', '04', '30'), { recursive: true });
  await rename(moved, join(store.root, 'vault', '2026', '04', '30', ids[2] ?? ''));
  await rm(gone, { recursive: true });
  const { findings } = await checkVault(store);
  const said = (id = '') =>
    findings
      .filter((one) => one.id === id)
      .flatMap(({ faults }) => faults)
      .join('\n');
  t.match(said(ids[0]), `the manifest is that of ${ids[1]}`);
  t.match(said(ids[2]), /it lies in the folder of another day than/);
  t.match(said(ids[3]), 'its recording is missing, and there is no tombstone');
});

test('tombstones are verified, and what is destroyed is not missed', async (t) => {
  const { store, ids } = await filled(t, 4);
  const rows = store.catalogue.recordings(9).filter(({ id }) => id !== ids[3]);
  for (const row of rows) store.catalogue.putRecording({ ...row, due_at: '2026-11-22T08:00:00.000Z' });
  t.equal((await swept(store.destruction(), store.clock())).destroyed.length, 3);
  const { summary } = await checkVault(store);
  t.match(summary, { recordings: 1, tombstones: 3, calls: 4, findings: 0 });
  const grave = (id = '', end = '') =>
    join(store.root, 'vault', 'tombstones', '2026', '05', `${id}.json${end}`);
  await flip(grave(ids[0]));
  await rm(grave(ids[1], '.asc'));
  await rename(grave(ids[2]), `${store.root}/aside`);
  const { findings } = await checkVault(store);
  t.same(findings.map(({ kind, id }) => [kind, id]).sort(), [
    ['call', ids[2]],
    ['stranger', `${ids[2]}.json.asc`],
    ['tombstone', ids[0]],
    ['tombstone', ids[1]],
  ]);
});

test('files that belong to nobody are listed, at whatever height; what is being sealed is listed apart', async (t) => {
  const { store, ids } = await filled(t, 1);
  const strangers = [
    'lost+found',
    '2026/05/notes.txt',
    '2026/05/22/copy',
    'calls/2026/x.json',
    'tombstones/1.json',
  ];
  for (const path of strangers) {
    await mkdir(join(store.root, 'vault', path, '..'), { recursive: true });
    await writeFile(join(store.root, 'vault', path), '');
  }
  await store.vault.incoming(ids[0] ?? '');
  const { findings, incoming } = await checkVault(store);
  t.same(findings.map(({ path }) => path).sort(), [...strangers].sort());
  t.same(incoming, ids);
  t.same(await store.alarms.latest(9), [], 'they are no damage to a recording');
});

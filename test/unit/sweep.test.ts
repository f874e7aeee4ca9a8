// A sweep among others: what cannot be read, what is destroyed twice at once, and what is held in the middle of it.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Test, test } from 'tap';
import { openAlarms } from '../../src/alarms/alarms.ts';
import type { Appliance } from '../../src/appliance.ts';
import { createDestruction } from '../../src/destruction.ts';
import { destroyEarly } from '../../src/early-destruction.ts';
import { placeHold } from '../../src/legal-holds.ts';
import { sweep } from '../../src/purge/sweep.ts';
import { purgeDue } from '../../src/purging.ts';
import { canonicalBytes } from '../../src/shared/canonical.ts';
import { createLogger } from '../../src/shared/logger.ts';
import { verifier } from '../../src/signatures.ts';
import { isThere, keep, manifestOf, openStore, type Store, swept } from './support/store.ts';
import { codeOf } from './support/world.ts';

const DUE = '2026-11-22T08:00:00.000Z';
const MONTH = new Date('2026-05-01T00:00:00Z');
const HELD = { matter: 'a trial', reason: 'the judge asked', endsAt: '2027-05-22T00:00:00.000Z' };

const applianceOf = (store: Store) => store as unknown as Appliance;

test('a tombstone that cannot be read keeps its own recording only, not those of its page', async (t) => {
  const store = await openStore(t);
  const [good, bad] = [await keep(store, DUE), await keep(store, DUE)];
  await store.vault.buryTombstone(bad.id, MONTH, 'not JSON', 'no signature');
  const { destroyed, failed } = await swept(store.destruction(), store.clock());
  t.same(destroyed, [good.id]);
  t.match(failed, [{ id: bad.id, reason: /JSON/ }]);
  t.notOk(await isThere(join(store.root, bad.folder, 'header.pgp')), 'and it opens no more');
});

test('two sweeps at once destroy each recording once, and every tombstone has its own signature', async (t) => {
  const store = await openStore(t);
  const ids = await Promise.all(Array.from({ length: 230 }, async () => (await keep(store, DUE)).id));
  const other = await openStore(t, store.root);
  other.clock.move(1_234);
  const sweeps = [store, other].map((one) => swept(one.destruction(), one.clock()));
  const reports = await Promise.all(sweeps);
  t.same(reports.flatMap(({ destroyed }) => destroyed).sort(), ids.sort());
  t.same(
    reports.flatMap(({ failed }) => failed),
    [],
  );
  const whyBad = await verifier(store.signer.publicKey);
  for (const id of ids) {
    const text = (await store.vault.tombstone(id, MONTH)) ?? '';
    const signature = (await store.vault.tombstoneSignature(id, MONTH)) ?? '';
    if ((await whyBad(Buffer.from(text), signature)) !== undefined) t.fail(`${id} is badly signed`);
  }
  t.equal((await store.audit.entries()).filter(({ action }) => action === 'purge').length, ids.length);
});

test('a hold that comes in the middle of a sweep keeps what is there, or is refused: never half', async (t) => {
  const store = await openStore(t);
  const { id } = await keep(store, DUE);
  const destruction = store.destruction();
  const { announce } = destruction;
  let placing: Promise<string> | undefined;
  destruction.announce = async (...told) => {
    placing = codeOf(() => placeHold(applianceOf(store), { ...HELD, recordings: [id] }, ['marie', 'diane']));
    await announce(...told);
  };
  t.same((await swept(destruction, store.clock())).destroyed, [id]);
  t.equal(await placing, 'recording-destroyed');
  t.same(await store.holds.all(), [], 'no hold of what is not there');
});

test('an early destruction that finds a hold is no destruction, though the hold came between two questions', async (t) => {
  const store = await openStore(t);
  const { id, folder } = await keep(store, '2027-11-22T08:00:00.000Z');
  let questions = 0;
  const until = async () => (questions++ === 0 ? null : HELD.endsAt);
  const appliance = { ...store, holds: { ...store.holds, until } } as unknown as Appliance;
  t.equal(await codeOf(() => destroyEarly(appliance, id, 'pci')), 'recording-held');
  t.ok(await isThere(join(store.root, folder, 'header.pgp')));
});

test('what the law locks stays locked when its manifest is gone (C26)', async (t) => {
  const store = await openStore(t);
  const { id, manifest, folder } = await keep(store, '2031-05-22T08:00:00.000Z');
  await writeFile(
    join(store.root, folder, 'manifest.json'),
    canonicalBytes({ ...manifestOf(id, manifest.dueAt), purpose: 'mifid' }),
  );
  const row = store.catalogue.recording(id);
  if (row) store.catalogue.putRecording({ ...row, purpose: 'mifid' });
  const destroy = () => codeOf(() => destroyEarly(applianceOf(store), id, 'erasure'));
  t.equal(await destroy(), 'recording-locked');
  await store.vault.removeFolder(id, new Date('2026-05-22T00:00:00Z')).catch(() => {});
  t.equal(await store.vault.read(id, new Date('2026-05-22T00:00:00Z'), 'manifest'), undefined);
  t.equal(await destroy(), 'recording-locked');
  t.ok(await isThere(join(store.root, folder, 'header.pgp')));
});

test('what was made of a recording goes before its tombstone is there, and is tried again until it is gone', async (t) => {
  const store = await openStore(t);
  const { id } = await keep(store, DUE);
  const forgotten: string[] = [];
  const destruction = (works: boolean) =>
    createDestruction(applianceOf(store), [
      async (_, recording) => {
        if (!works) throw new Error('the extract is stuck');
        t.equal(await store.vault.tombstone(recording.id, MONTH), undefined);
        forgotten.push(recording.id);
      },
    ]);
  t.match(await swept(destruction(false), store.clock()), { destroyed: [], failed: [{ reason: /stuck/ }] });
  t.equal(await store.vault.tombstone(id, MONTH), undefined);
  t.same((await swept(destruction(true), store.clock())).destroyed, [id]);
  t.same(forgotten, [id]);
});

test('a sweep that is told to stop ends what it is at, and the next one goes on', async (t) => {
  const store = await openStore(t);
  for (let count = 0; count < 70; count += 1) await keep(store, DUE);
  const stopping = new AbortController();
  const first = await sweep(store.destruction(), store.clock(), {
    destroyed: () => stopping.abort(),
    signal: stopping.signal,
  });
  t.ok(first.destroyed >= 1 && first.destroyed <= 50, `${first.destroyed} were in the middle`);
  t.equal(first.failures, 0);
  t.equal((await Array.fromAsync(store.vault.buried())).length, first.destroyed, 'none is half gone');
  t.match(await sweep(store.destruction(), store.clock()), { destroyed: 70 - first.destroyed, failures: 0 });
});

/** A store in which alarms can be raised. */
async function watchedStore(t: Test) {
  const store = await openStore(t);
  const alarms = await openAlarms(join(store.root, 'alarms'), store.clock, createLogger('silent'));
  const codes = async () => (await alarms.latest(100)).map(({ code }) => code).sort();
  return { store, codes, appliance: { ...store, alarms } as unknown as Appliance };
}

test('a failure is told at once, and that it is overdue after a day', async (t) => {
  const { store, codes, appliance } = await watchedStore(t);
  const { folder } = await keep(store, DUE);
  await writeFile(join(store.root, folder, 'not ours'), 'somebody put this here');
  await purgeDue(appliance);
  t.same(await codes(), ['purge.failed']);
  store.clock.move(86_400_001);
  await purgeDue(appliance);
  t.same(await codes(), ['purge.failed', 'purge.failed', 'purge.overdue']);
});

test('a clock that jumped is one alarm, not one a minute', async (t) => {
  const { store, codes, appliance } = await watchedStore(t);
  const at = new Date('2026-11-22T08:00:00Z');
  const now = async () => ({
    at,
    suspended: {
      since: DUE,
      wall: new Date(store.clock().getTime() + 9e9).toISOString(),
      expected: store.clock().toISOString(),
    },
    back: false,
  });
  const jumped = { ...appliance, time: { now, confirm: async () => {} } } as unknown as Appliance;
  for (let minutes = 0; minutes < 9; minutes += 1, store.clock.move(60_000)) await purgeDue(jumped);
  t.same(await codes(), ['clock.jumped']);
});

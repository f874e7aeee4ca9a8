// What a court may want stays, whoever and whatever would destroy it; two people decide, and a hold is never for ever (C24).

import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Test, test } from 'tap';
import type { Appliance } from '../../src/appliance.ts';
import { openCatalogue } from '../../src/catalogue/catalogue.ts';
import { rebuildCatalogue } from '../../src/catalogue-rows.ts';
import { destroyEarly, EARLY_REASONS } from '../../src/early-destruction.ts';
import { noteHolds, placeHold, releaseHold, renewHold } from '../../src/legal-holds.ts';
import { sweep } from '../../src/purge/sweep.ts';
import { isThere, keep, openStore, type Store, swept, unreadable } from './support/store.ts';
import { codeOf } from './support/world.ts';

const DUE = '2026-11-22T08:00:00.000Z';
const DAY = 86_400_000;
const BY: [string, string] = ['marie', 'diane'];

async function held(t: Test, { days = 100, dueAt = DUE } = {}) {
  const store = await openStore(t);
  const appliance = store as unknown as Appliance;
  const kept = await keep(store, dueAt);
  const endsAt = new Date(store.clock().getTime() + days * DAY).toISOString();
  const wish = { recordings: [kept.id], matter: '26/1234', reason: 'a lawyer wrote', endsAt };
  const hold = await placeHold(appliance, wish, BY);
  return { store, appliance, hold, ...kept };
}

const header = ({ root }: Store, folder: string) => isThere(join(root, folder, 'header.pgp'));

test('a held recording survives every path to its destruction', async (t) => {
  const { store, appliance, id, folder } = await held(t);
  t.same(await swept(store.destruction(), store.clock()), { destroyed: [], failed: [] }, 'the sweep');
  for (const reason of EARLY_REASONS)
    t.equal(
      await codeOf(() => destroyEarly(appliance, id, reason)),
      reason === 'other_proof' ? 'not-a-contract' : 'recording-held',
    );
  const row = store.catalogue.recording(id);
  if (row) store.catalogue.putRecording({ ...row, held_until: null, due_at: '2020-01-01T00:00:00.000Z' });
  store.catalogue.hold(id, null);
  const report = await sweep(store.destruction(), store.clock());
  t.match(report, { destroyed: 0, kept: 1, failures: 0 }, 'an index that has forgotten the hold');
  t.ok(await header(store, folder));
});

test('an index that is made anew knows of the holds, and a restart does', async (t) => {
  const { store, appliance, id, hold } = await held(t);
  const before = store.catalogue.recording(id);
  t.equal(before?.held_until, hold.endsAt);
  const catalogue = await openCatalogue(join(store.root, 'another'));
  t.teardown(() => catalogue.close());
  await rebuildCatalogue(store.vault, catalogue, unreadable);
  await noteHolds({ ...appliance, catalogue });
  t.same(catalogue.recording(id), before);
  const again = await openStore(t, store.root);
  t.match(await again.holds.all(), [
    { id: hold.id, matter: '26/1234', requestedBy: 'marie', approvedBy: 'diane' },
  ]);
});

test('what is overdue goes with the next sweep when the hold is released, and when it ends by itself', async (t) => {
  const { store, appliance, hold, id } = await held(t);
  await releaseHold(appliance, hold.id, 'the matter is closed', BY);
  t.same((await swept(store.destruction(), store.clock())).destroyed, [id]);
  t.equal(await codeOf(() => releaseHold(appliance, hold.id, 'again', BY)), 'hold-is-over');
  const other = await held(t, { days: 10 });
  other.store.clock.move(10 * DAY - 1);
  t.same((await swept(other.store.destruction(), other.store.clock())).destroyed, []);
  other.store.clock.move(1);
  t.same((await swept(other.store.destruction(), other.store.clock())).destroyed, [other.id]);
});

test('a hold that is over leaves a recording that is not due alone', async (t) => {
  const { store, appliance, hold } = await held(t, { dueAt: '2027-06-01T00:00:00.000Z' });
  await releaseHold(appliance, hold.id, 'the matter is closed', BY);
  t.same((await swept(store.destruction(), store.clock())).destroyed, []);
});

test('there is no hold for ever: a year at most, and a year at most from each renewal', async (t) => {
  const { store, appliance, hold, id } = await held(t);
  const later = (days: number) => new Date(store.clock().getTime() + days * DAY).toISOString();
  for (const days of [-1, 0, 366, 10_000])
    t.equal(
      await codeOf(() => renewHold(appliance, hold.id, later(days), 'r', BY)),
      'bad-hold-end',
      `${days} days`,
    );
  store.clock.move(90 * DAY);
  t.match(await renewHold(appliance, hold.id, later(365), 'still before the court', BY), { renewals: 1 });
  t.equal(store.catalogue.recording(id)?.held_until, later(365));
  store.clock.move(365 * DAY);
  t.equal(await codeOf(() => renewHold(appliance, hold.id, later(10), 'too late', BY)), 'hold-is-over');
});

test('of two holds the one that lasts longest counts', async (t) => {
  const { store, appliance, hold, id } = await held(t, { days: 10 });
  const endsAt = new Date(store.clock().getTime() + 50 * DAY).toISOString();
  await placeHold(appliance, { recordings: [id], matter: 'another', reason: 'r', endsAt }, BY);
  await releaseHold(appliance, hold.id, 'closed', BY);
  t.equal(store.catalogue.recording(id)?.held_until, endsAt);
});

test('a hold is of recordings that are there, and of some', async (t) => {
  const { store, appliance, id } = await held(t);
  const endsAt = new Date(store.clock().getTime() + DAY).toISOString();
  const place = (recordings: string[]) =>
    codeOf(() => placeHold(appliance, { recordings, matter: 'm', reason: 'r', endsAt }, BY));
  t.equal(await place([]), 'no-recordings');
  t.equal(await place(['6f1c0b1e-4c1d-4c55-9a55-0d3f7c1f2b90']), 'recording-not-found');
  const gone = await keep(store, DUE);
  await swept(store.destruction(), store.clock());
  t.equal(await place([id, gone.id]), 'recording-destroyed');
});

test('a hold whose files were changed holds on; one that nobody can read keeps everything', async (t) => {
  const { store, appliance, hold, id, folder } = await held(t, { days: 10 });
  await releaseHold(appliance, hold.id, 'closed', BY);
  const files = join(store.root, 'vault', 'holds');
  const [placed = '', released = ''] = (await readdir(files)).filter((name) => name.endsWith('.json'));
  await writeFile(join(files, released), '{"event":"released"}');
  t.match(await store.holds.all(), [{ damage: String }]);
  store.clock.move(20 * DAY);
  t.same((await swept(store.destruction(), store.clock())).destroyed, [], 'its release is not believed');
  await rm(join(files, placed));
  t.equal(await codeOf(() => store.holds.until(id, store.clock())), 'holds-unreadable');
  const { failures, destroyed } = await sweep(store.destruction(), store.clock());
  t.same([destroyed, failures], [0, 1], 'it is a failure, and an alarm will say so');
  t.ok(await header(store, folder));
});

// Holds that end, and holds that are damaged: told in time, and told once.

import { writeFile } from 'node:fs/promises';
import { test } from 'tap';
import { attendToHolds } from '../../src/hold-alarms.ts';
import { releaseHold } from '../../src/legal-holds.ts';
import { purgeDue } from '../../src/purging.ts';
import { BY, DAY_MS, openHeld } from './support/held.ts';

test('the end of a hold is told of a month and a week before, once each', async (t) => {
  const { store, appliance, codes } = await openHeld(t, { days: 100 });
  const after = async (days: number) => {
    store.clock.move(days * DAY_MS);
    await attendToHolds(appliance);
    store.clock.move(3_600_000);
    await attendToHolds(appliance);
    return (await codes()).length;
  };
  t.equal(await after(69), 0);
  t.equal(await after(1), 1, 'thirty days are left');
  t.equal(await after(22), 1);
  t.equal(await after(1), 2, 'six days are left');
  t.same(await codes(), ['hold.ends', 'hold.ends']);
  t.equal(await after(30), 2, 'it is over');
});

test('of a hold that was released no end is told', async (t) => {
  const { store, appliance, hold, codes } = await openHeld(t, { days: 5 });
  await releaseHold(appliance, hold.id, 'closed', BY);
  await attendToHolds(appliance);
  t.same([await codes(), store.catalogue.held.rows()], [[], []]);
});

test('each sweep looks after the holds: a file that was changed where it lies is found within the hour', async (t) => {
  const { store, appliance, event, codes, recording } = await openHeld(t);
  // Settled, so that the book is not read anew for another reason.
  store.clock.move(60_000);
  await purgeDue(appliance);
  await writeFile(await event(1), '{"event":"placed"}');
  store.clock.move(59 * 60_000);
  await purgeDue(appliance);
  // Of the hold, and of the recording that only the index still knows it by.
  t.same(await codes(), ['hold.damaged', 'hold.damaged']);
  t.equal(store.catalogue.recording(recording.id)?.state, 'sealed');
});

test('an index that has forgotten a hold is told again', async (t) => {
  const { store, appliance, hold, recording } = await openHeld(t);
  store.catalogue.hold(recording.id, null);
  await attendToHolds(appliance);
  t.equal(store.catalogue.recording(recording.id)?.held_until, hold.endsAt);
});

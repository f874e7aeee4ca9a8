// Erasure at a person's request: all that may go goes at once, and what a hold or a law keeps is named with its end.

import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type Test, test } from 'tap';
import { rebuildCatalogue } from '../../src/catalogue-rows.ts';
import type { Destruction } from '../../src/purge/sweep.ts';
import { openRegister } from '../../src/rights/register.ts';
import { answer, close } from '../../src/rights/steps.ts';
import { rightsUpkeep, work } from '../../src/rights-desk.ts';
import { eraseForRequest } from '../../src/rights-erasure.ts';
import { searchForRequest } from '../../src/rights-search.ts';
import { GreffierError } from '../../src/shared/errors.ts';
import { callOf, type Desk, keepOf, LATER, openDesk, PARTY, requestOf } from './support/rights.ts';
import { isThere, unreadable, watched } from './support/store.ts';
import { codeOf } from './support/world.ts';

const HELD = '2027-11-01T00:00:00.000Z';
const BY: [string, string] = ['diane', 'marie'];
const OTHER = { last4: '1111', fingerprint: 'beef' };

/** The same steps, with recordings that may not go. */
function refusing(destruction: Destruction, codes: Record<string, string>): Destruction {
  return {
    ...destruction,
    async permit(recording) {
      const code = codes[recording.id];
      if (code) throw new GreffierError(code, `recording ${recording.id} may not go`);
    },
  };
}

const erased = ({ appliance }: Desk, id: string, destruction: Destruction) =>
  eraseForRequest(appliance, id, BY, destruction);

test('recordings are destroyed at once with that reason, and the person goes from every record of a call', async (t) => {
  const desk = await openDesk(t);
  const [mine, theirs, refused] = [await keepOf(desk), await keepOf(desk, OTHER), randomUUID()];
  await callOf(desk, refused);
  const { id } = await requestOf(desk, 'erasure');
  const erasure = await eraseForRequest(desk.appliance, id, BY);
  t.match(erasure, { by: BY, recordings: [{ id: mine, outcome: 'destroyed' }], doneAt: /^2026/ });
  t.match(desk.catalogue.recording(mine), {
    state: 'destroyed',
    destroyed_reason: 'erasure',
    fingerprint: '',
  });
  t.notOk(await isThere(join(desk.root, 'vault', '2026', '05', '22', mine)));
  for (const call of [mine, refused]) {
    t.match(desk.catalogue.call(call), { last4: '', fingerprint: '', extension: '', consent: 'not-refused' });
    const text = await desk.vault.calls.read(call, new Date('2026-11-22T00:00:00Z'));
    t.match(JSON.parse(text ?? ''), { outside: { last4: '', fingerprint: '' }, extensions: [] });
  }
  t.match(desk.catalogue.recording(theirs), { state: 'sealed', fingerprint: 'beef' }, 'of nobody else');
  t.match(desk.catalogue.call(theirs), { fingerprint: 'beef' });
});

test('after an erasure a search finds tombstones only, for a later request with that number too (C27)', async (t) => {
  const desk = await openDesk(t);
  const mine = await keepOf(desk);
  const first = await requestOf(desk, 'erasure');
  await eraseForRequest(desk.appliance, first.id, BY);
  for (const { id } of [first, await requestOf(desk, 'access')]) {
    const found = await searchForRequest(desk.appliance, id, 'diane');
    t.match(found, {
      recordings: [{ id: mine, state: 'destroyed', destroyed_reason: 'erasure' }],
      calls: [],
    });
  }
  const stranger = await requestOf(desk, 'access', ['06 99 99 99 99']);
  t.same((await searchForRequest(desk.appliance, stranger.id, 'diane')).recordings, []);
  t.equal(await rebuildCatalogue(desk.vault, desk.catalogue, unreadable), 1);
  t.same(desk.catalogue.ofParty(PARTY.fingerprint), { recordings: [], calls: [] }, 'nor from the vault');
});

test('what a hold or a law keeps is kept, with its call, and the register says until when', async (t) => {
  const desk = await openDesk(t);
  const [held, locked, free] = [await keepOf(desk), await keepOf(desk), await keepOf(desk)];
  desk.catalogue.hold(held, HELD);
  const { id } = await requestOf(desk, 'erasure');
  const codes = { [held]: 'recording-held', [locked]: 'recording-locked' };
  const erasure = await erased(desk, id, refusing(desk.destruction(), codes));
  const outcomes = Object.fromEntries(erasure.recordings.map((one) => [one.id, [one.outcome, one.at]]));
  t.same(outcomes, {
    [held]: ['held', HELD],
    [locked]: ['locked', LATER],
    [free]: ['destroyed', desk.clock().toISOString()],
  });
  t.ok(erasure.doneAt, 'that they are kept is the answer');
  t.same(erasure.calls, [free]);
  for (const kept of [held, locked]) {
    t.match(desk.catalogue.recording(kept), { state: 'sealed', ...PARTY });
    t.match(desk.catalogue.call(kept), PARTY);
  }
  t.same((await openRegister(desk.appliance.config.state.rights).read(id)).erasure, erasure);
  await expectRemembered(t, desk, id, held);
  const again = await eraseForRequest(desk.appliance, id, BY);
  t.same(
    [...new Set(again.recordings.map(({ outcome }) => outcome))],
    ['destroyed'],
    'once the hold has ended',
  );
  t.same(desk.catalogue.ofParty(PARTY.fingerprint), { recordings: [], calls: [] });
});

/** The request stays open until the hold has ended, and then somebody is told. */
async function expectRemembered(t: Test, desk: Desk, id: string, held: string): Promise<void> {
  const step = (change: Parameters<typeof work>[4]) =>
    codeOf(() => work(desk.appliance, id, 'diane', 'x', change));
  t.equal(await step((request, doing) => answer(request, 'partly', 'a hold', doing)), 'nothing was thrown');
  t.equal(await step((request, doing) => close(request, 'answered', doing)), 'still-held');
  await rightsUpkeep(desk.appliance);
  t.same(await desk.alarms.latest(1), [], 'the hold lasts');
  desk.catalogue.hold(held, null);
  for (let hour = 0; hour < 2; hour += 1, desk.clock.move(3_600_000)) await rightsUpkeep(desk.appliance);
  t.same(
    (await desk.alarms.latest(9)).map(({ code, message }) => `${code} ${message}`),
    [`rights.due request ${id}: a hold has ended, and what it kept is to be erased`],
  );
}

test('an erasure that is killed between any two steps is whole when it is asked for again', async (t) => {
  for (const cut of ['header', 'body', 'tombstone', 'folder', 'row']) {
    const desk = await openDesk(t);
    const mine = [await keepOf(desk), await keepOf(desk)];
    const { id } = await requestOf(desk, 'erasure');
    await new Promise<void>((killed) => {
      void erased(desk, id, dyingAt(cut, desk.destruction(), killed));
    });
    const again = await eraseForRequest(desk.appliance, id, BY);
    t.same(
      again.recordings.map(({ outcome }) => outcome),
      ['destroyed', 'destroyed'],
      cut,
    );
    t.same(again.recordings.map((one) => one.id).sort(), mine.sort(), `${cut}: none is forgotten`);
    t.ok(again.doneAt);
    const graves = await Array.fromAsync(desk.vault.tombstones());
    t.same(
      graves.map((text) => JSON.parse(text).reason),
      ['erasure', 'erasure'],
      `${cut}: one tombstone each`,
    );
    const { recordings, calls } = await searchForRequest(desk.appliance, id, 'diane');
    t.same([recordings.length, calls.length], [2, 0], `${cut}: tombstones only`);
  }
});

/** The same steps, up to that step of the second recording: there everything ends, and nothing is written any more. */
function dyingAt(cut: string, destruction: Destruction, killed: () => void): Destruction {
  const seen = new Set<string>();
  const alive = async (step: string, id: string) => {
    if (step !== cut || seen.add(id).size < 2) return;
    killed();
    await new Promise(() => {});
  };
  return {
    ...destruction,
    // Whoever is really killed holds no lock any more.
    alone: (work) => work(),
    shred: async (one, part) => (await alive(part, one.id)) ?? destruction.shred(one, part),
    bury: async (one, ...rest) => (await alive('tombstone', one.id)) ?? destruction.bury(one, ...rest),
    removeFolder: async (one) => (await alive('folder', one.id)) ?? destruction.removeFolder(one),
    markDestroyed: async (all, ...rest) => {
      for (const { id } of all) await alive('row', id);
      await destruction.markDestroyed(all, ...rest);
    },
  };
}

test('one recording that cannot be destroyed does not keep the others; it is named, and an alarm raised', async (t) => {
  const desk = await openDesk(t);
  const [stuck, free] = [await keepOf(desk), await keepOf(desk)];
  const { id } = await requestOf(desk, 'erasure');
  const broken = watched(desk.destruction(), (step, of) => {
    if (step === 'body' && of === stuck) throw new Error('the disk fails');
  });
  const erasure = await erased(desk, id, broken);
  t.same(
    new Map(erasure.recordings.map((one) => [one.id, one.outcome])),
    new Map([
      [stuck, 'failed'],
      [free, 'destroyed'],
    ]),
  );
  t.equal(erasure.doneAt, null);
  t.match(await desk.alarms.latest(1), [{ code: 'purge.failed', call: stuck, message: /the disk fails/ }]);
  t.match(desk.catalogue.call(stuck), PARTY, 'the person stays in the record until the recording is gone');
  t.ok((await eraseForRequest(desk.appliance, id, BY)).doneAt);
});

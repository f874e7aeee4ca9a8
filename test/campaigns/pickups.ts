// A call that a colleague picks up and then hands to a third: two changes of who the call is with, again and again
// (failures.md: pickup and transfer leave orphan files).

import { closed, recordingsSince } from '../support/ledger.ts';
import { type Scene, scene } from '../support/scene.ts';
import { talkFor } from '../support/talk.ts';
import { RECORDED_LINE } from './calls-up.ts';
import type { Campaign } from './campaign.ts';

/** With each of the two. */
const TALK_MS = 700;

type People = Awaited<ReturnType<typeof gather>>;

export const pickups: Campaign = {
  id: 'pickups',
  name: 'calls that are picked up and transferred leave no orphan',
  unit: 'calls',
  sizes: { small: [4], full: [200] },
  async run(t, lab, size, tell) {
    const since = new Date();
    await scene(lab, async (s) => {
      const people = await gather(s);
      for (let done = 1; done <= size; done += 1) {
        await pickedUpAndHandedOn(s, people);
        if (done % 10 === 0) tell(`${done} of ${size}`);
      }
    });
    const calls = await closed(lab, since);
    const [inbound, internal] = ['inbound', 'internal'].map((kind) =>
      calls.filter((c) => c.direction === kind),
    );
    t.equal(inbound?.length, size, 'each call has one record');
    t.equal(internal?.length, size, 'and each picking up has its own');
    const odd = (inbound ?? []).filter(({ recorded, extension }) => !recorded || extension !== '202 203');
    t.same(odd, [], 'each call was recorded, and knows both who took it');
    const kept = await recordingsSince(lab, since);
    const known = new Set(calls.map(({ id }) => id));
    t.same(
      kept.filter(({ id }) => !known.has(id)),
      [],
      'every recording has its call',
    );
    const short = kept.filter(({ durationSeconds }) => durationSeconds * 1000 < 2 * TALK_MS * 0.9);
    t.same(short, [], 'and both talks are in it');
    return `${size} recorded, 0 orphans`;
  },
};

async function gather(s: Scene) {
  const [rings, takes, third] = await Promise.all([
    s.inside('201', { answers: 'manual' }),
    s.inside('202'),
    s.inside('203'),
  ]);
  return { rings, takes, third, caller: await s.outside('+33612345678') };
}

async function pickedUpAndHandedOn(s: Scene, { rings, takes, third, caller }: People): Promise<void> {
  await caller.dial(s.sip(RECORDED_LINE));
  await rings.until('CALL_INCOMING', 15_000);
  await takes.dial(s.sip('*9'));
  await takes.until('CALL_ESTABLISHED');
  await rings.until('CALL_CLOSED');
  await talkFor(TALK_MS);
  await takes.command('transfer', s.sip('203'));
  await third.until('CALL_ESTABLISHED');
  await takes.until('CALL_CLOSED');
  await talkFor(TALK_MS);
  await caller.hangUp();
  await third.until('CALL_CLOSED');
  await caller.until('CALL_CLOSED');
}

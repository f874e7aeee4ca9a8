// A recording follows the outside party, and the strictest rule of whoever joins (C08, C10). Each of these is a way in
// which other recorders lose audio or keep what they must not (failures.md, transfers).

import { test } from 'tap';
import { labInfo } from '../../appliance/lab/info.ts';
import { heardFrom, heardMs, type Outcome, outcome, voicesIn } from '../support/outcome.ts';
import type { Phone } from '../support/phone.ts';
import type { Scene } from '../support/scene.ts';
import { talkFor } from '../support/talk.ts';

const lab = await labInfo(process.env.GREFFIER_LAB ?? 'test');
/** A plain recorded line to extension 201, with a short announcement. */
const LINE = '+33123456714';
const OUTSIDE = '0655555555';

async function comesIn(s: Scene): Promise<{ caller: Phone; alice: Phone }> {
  const [alice, caller] = await Promise.all([s.inside('201'), s.outside('+33612345678')]);
  await caller.dial(s.sip(LINE));
  await alice.until('CALL_ESTABLISHED', 40_000);
  await talkFor(2_000);
  return { caller, alice };
}

/** An attended transfer by keys: *2, the number, and hanging up once the colleague is there. */
async function sendsOn(from: Phone, number: string, to: Phone): Promise<void> {
  await from.keys('*2');
  await talkFor(1_500);
  await from.keys(number);
  await to.until('CALL_ESTABLISHED', 20_000);
  await talkFor(1_000);
  await from.hangUp();
}

const recordedOf = (all: Outcome[]) => all.find(({ recording }) => recording);

test('after a blind transfer both colleagues are in one recording, in order', async (t) => {
  const [{ record, recording }] = (await outcome(lab, async (s) => {
    const bruno = await s.inside('202');
    const { caller, alice } = await comesIn(s);
    await alice.command('transfer', s.sip('202'));
    await bruno.until('CALL_ESTABLISHED');
    await talkFor(2_000);
    await caller.hangUp();
  })) as [Outcome];
  t.ok(recording);
  if (!recording) return;
  t.same(voicesIn(recording.outside), ['outside']);
  t.same(voicesIn(recording.inside), ['201', '202']);
  t.ok(heardMs(recording.inside, '202') > 1_700, 'the second colleague is there to the end');
  t.match(record, {
    transfers: [{ kind: 'blind', to: '202' }],
    extensions: [{ extension: '201' }, { extension: '202' }],
  });
});

test('a transfer to a staff representative ends the recording before they are connected (C10)', async (t) => {
  const [{ recording }] = (await outcome(lab, async (s) => {
    const elise = await s.inside('205');
    const { caller, alice } = await comesIn(s);
    await alice.command('transfer', s.sip('205'));
    await elise.until('CALL_ESTABLISHED');
    await talkFor(2_000);
    await caller.hangUp();
  })) as [Outcome];
  t.ok(recording);
  t.same(recording && voicesIn(recording.inside), ['201']);
  t.ok(
    recording && heardMs(recording.outside, 'outside') < 2_300,
    'nor is what the caller says to them there',
  );
});

test('an attended transfer to a staff representative ends it as soon as they are asked for (C10)', async (t) => {
  const all = await outcome(lab, async (s) => {
    const elise = await s.inside('205');
    const { caller, alice } = await comesIn(s);
    await sendsOn(alice, '205', elise);
    await talkFor(2_500);
    await caller.hangUp();
  });
  const recording = recordedOf(all)?.recording;
  t.ok(recording);
  t.same(recording && voicesIn(recording.inside), ['201']);
  t.ok(recording && recording.inside.length < 8_000 * 8, 'and nothing follows');
});

test('after an attended transfer the colleague is in the recording, and the asking is not', async (t) => {
  const all = await outcome(lab, async (s) => {
    const bruno = await s.inside('202');
    const { caller, alice } = await comesIn(s);
    await sendsOn(alice, '202', bruno);
    await talkFor(2_500);
    await caller.hangUp();
  });
  const recording = recordedOf(all)?.recording;
  t.ok(recording);
  if (!recording) return;
  const [alice, bruno] = [heardFrom(recording.inside, '201'), heardFrom(recording.inside, '202')];
  t.ok((alice[0]?.[1] ?? 0) < 3_500, 'the first colleague until she asks');
  t.ok(heardMs(recording.inside, '202') > 1_900, 'the second from when they are connected');
  t.ok((bruno[0]?.[0] ?? 0) > (alice.at(-1)?.[1] ?? 0), 'one after the other');
});

test('a transfer that nobody takes comes back, and the recording goes on', async (t) => {
  const [{ record, recording }] = (await outcome(lab, async (s) => {
    const { caller, alice } = await comesIn(s);
    await alice.command('transfer', s.sip('203'));
    await alice.until('CALL_ESTABLISHED', 20_000);
    await talkFor(3_000);
    await caller.hangUp();
  })) as [Outcome];
  t.equal(record.disposition, 'answered');
  t.ok(recording && heardMs(recording.inside, '201') > 4_500, 'both talks are in it');
});

test('a call that is parked and taken back elsewhere is one recording, and the gap is as long as the parking', async (t) => {
  const all = await outcome(
    lab,
    async (s) => {
      const bruno = await s.inside('202');
      const { caller, alice } = await comesIn(s);
      await alice.command('transfer', s.sip('701'));
      await talkFor(4_000);
      await bruno.dial(s.sip('701'));
      await bruno.until('CALL_ESTABLISHED');
      await talkFor(2_000);
      await caller.hangUp();
    },
    2,
  );
  const { record, recording } = recordedOf(all) as Outcome;
  t.equal(record.parks.length, 1);
  const inside = recording?.inside ?? new Float64Array();
  const gap = (heardFrom(inside, '202')[0]?.[0] ?? 0) - (heardFrom(inside, '201').at(-1)?.[1] ?? 0);
  t.ok(gap > 3_800 && gap < 4_600, `${gap} ms of silence for about 4 s of parking`);
  t.same(voicesIn(recording?.outside ?? inside), ['outside'], 'and no music is in it');
});

test('a call that a colleague picks up is recorded with that colleague', async (t) => {
  const all = await outcome(
    lab,
    async (s) => {
      const [alice, bruno] = await Promise.all([s.inside('201', { answers: 'manual' }), s.inside('202')]);
      const caller = await s.outside('+33612345678');
      await caller.dial(s.sip(LINE));
      await alice.until('CALL_INCOMING', 40_000);
      await bruno.dial(s.sip('*9'));
      await bruno.until('CALL_ESTABLISHED');
      await talkFor(2_000);
      await caller.hangUp();
    },
    2,
  );
  const { record, recording } = recordedOf(all) as Outcome;
  t.same(recording && voicesIn(recording.inside), ['202']);
  t.same(
    record.extensions.map(({ extension }) => extension),
    ['202'],
  );
});

test('a call out goes on being recorded when the one who dialled hands it over and leaves', async (t) => {
  const all = await outcome(lab, async (s) => {
    const called = await s.outside(OUTSIDE, { answers: 'auto', port: 5_080 });
    const [alice, bruno] = await Promise.all([s.inside('201'), s.inside('202')]);
    await alice.dial(s.sip(OUTSIDE));
    await called.until('CALL_ESTABLISHED');
    await talkFor(11_000);
    await sendsOn(alice, '202', bruno);
    // A new capture and the new party's first packets take up to half a second (ADR 0009).
    await talkFor(3_500);
    await called.hangUp();
  });
  const { record, recording } = recordedOf(all) as Outcome;
  t.equal(record.direction, 'outbound');
  t.same(recording && voicesIn(recording.outside), ['outside'], 'left is the party called');
  t.same(recording && voicesIn(recording.inside), ['201', '202']);
  t.ok(recording && heardMs(recording.inside, '202') > 2_500, 'what is said after she left is there');
});

// A supervisor joins a call: who hears whom in each mode, measured by tones, and that the recording holds the two parties
// of the call and nobody else (C13, C14).

import { test } from 'tap';
import { labInfo } from '../../appliance/lab/info.ts';
import { heardFrom, voicesIn } from '../support/outcome.ts';
import { begun, joins, supervised, toldOf } from '../support/supervised.ts';
import { talkFor } from '../support/talk.ts';

const lab = await labInfo(process.env.GREFFIER_LAB ?? 'test');

/** Long enough to be measured. */
const TALK_MS = 4_000;
/** Of it at least so much must be heard: what a session takes to begin is not in it. */
const HEARD_MS = 3_000;

test('who listens hears both parties and is heard by neither; the log says so before and after', async (t) => {
  const { heard, recording, session, record } = await supervised(lab, async ({ carla }, s) => {
    await joins(carla, s, '*91');
    await begun(lab, 'listen');
    await talkFor(TALK_MS);
    await carla.hangUp();
    await talkFor(1_000);
  });
  t.ok(heard.carla('outside') > HEARD_MS && heard.carla('201') > HEARD_MS, 'both are heard');
  t.equal(heard.caller('203'), 0, 'the caller does not hear her');
  t.equal(heard.alice('203'), 0, 'nor does the agent');
  t.same(recording && [voicesIn(recording.outside), voicesIn(recording.inside)], [['outside'], ['201']]);
  const told = await toldOf(lab, session);
  t.match(told, [
    {
      action: 'supervision-begin',
      actor: 'carla',
      recording: record.id,
      code: 'quality',
      extensions: '201',
      reason: 'listen',
    },
    { action: 'supervision-end', actor: 'carla', recording: record.id, code: 'quality', extensions: '201' },
  ]);
  t.equal(told.length, 2, 'one entry on the end, with mode and duration');
  t.match(told[1]?.reason, /^listen: [45] s$/);
});

test('what is whispered is heard by the agent, never by the caller, and is in no recording', async (t) => {
  const { heard, recording } = await supervised(lab, async ({ carla }, s) => {
    await joins(carla, s, '*92');
    await begun(lab, 'whisper');
    await talkFor(TALK_MS);
  });
  t.ok(heard.alice('203') > HEARD_MS, 'the agent hears her');
  t.ok(heard.carla('outside') > HEARD_MS && heard.carla('201') > HEARD_MS, 'she hears both');
  t.equal(heard.caller('203'), 0, 'the caller does not');
  t.same(recording && [voicesIn(recording.outside), voicesIn(recording.inside)], [['outside'], ['201']]);
});

test('who barges in is heard by both, and is in no recording', async (t) => {
  const { heard, recording } = await supervised(lab, async ({ carla }, s) => {
    await joins(carla, s, '*93');
    await begun(lab, 'barge');
    await talkFor(TALK_MS);
  });
  t.ok(heard.alice('203') > HEARD_MS && heard.caller('203') > HEARD_MS, 'both hear her');
  t.ok(heard.carla('outside') > HEARD_MS && heard.carla('201') > HEARD_MS, 'she hears both');
  t.same(recording && [voicesIn(recording.outside), voicesIn(recording.inside)], [['outside'], ['201']]);
});

test('who takes over replaces the agent towards the caller, and the recording goes on with the new voice', async (t) => {
  const { heard, ears, recording, record, session } = await supervised(lab, async ({ carla, alice }, s) => {
    await talkFor(2_000);
    await joins(carla, s, '*94');
    await begun(lab, 'take-over');
    await alice.until('CALL_CLOSED', 5_000);
    await talkFor(TALK_MS);
  });
  t.ok(heard.caller('203') > HEARD_MS, 'the caller hears the supervisor');
  t.ok(heard.carla('outside') > HEARD_MS, 'and she the caller');
  t.equal(heard.alice('203'), 0, 'the agent is gone');
  const [, lastOfAlice = 0] = heardFrom(ears.caller, '201').at(-1) ?? [];
  const [firstOfCarla = 0] = heardFrom(ears.caller, '203')[0] ?? [];
  t.ok(firstOfCarla >= lastOfAlice - 200 && firstOfCarla - lastOfAlice < 1_500, 'one after the other');
  t.same(recording && voicesIn(recording.inside), ['201', '203']);
  t.same(recording && voicesIn(recording.outside), ['outside']);
  t.same(
    record.extensions.map(({ extension }) => extension),
    ['201', '203'],
  );
  t.match((await toldOf(lab, session)).at(-1)?.reason, /^take-over: /);
});

test('a listener’s keys change nothing: neither whom one hears, nor how, nor how loud (C14)', async (t) => {
  const { heard, ears, recording } = await supervised(lab, async ({ carla }, s) => {
    await joins(carla, s, '*91');
    await begun(lab, 'listen');
    await talkFor(1_500);
    for (const keys of ['*', '1234#', '5', '6', '4', '#', '#']) await carla.keys(keys);
    await talkFor(TALK_MS);
  });
  t.equal(heard.caller('203'), 0);
  t.equal(heard.alice('203'), 0);
  t.same(heardFrom(ears.carla, 'outside').length, 1, 'she heard without a gap');
  t.same(recording && [voicesIn(recording.outside), voicesIn(recording.inside)], [['outside'], ['201']]);
});

test('the end of a session leaves the call unharmed, and the agent’s *5 ends the session (C04, C13)', async (t) => {
  const { recording, session, record } = await supervised(lab, async ({ carla, alice }, s) => {
    await joins(carla, s, '*92');
    await begun(lab, 'whisper');
    await talkFor(1_000);
    await alice.keys('*5');
    await carla.until('CALL_CLOSED', 5_000);
    await talkFor(2_000);
  });
  t.equal(recording, null);
  t.match(record, { recorded: false, disposition: 'answered' });
  t.match((await toldOf(lab, session)).at(-1), { action: 'supervision-end', reason: /, objected$/ });
});

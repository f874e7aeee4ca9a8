// A conference room: each party outside is told, asked and recorded for itself, and the strictest rule holds for all.

import { test } from 'tap';
import { labInfo } from '../../appliance/lab/info.ts';
import { heardMs, type Outcome, outcome, voicesIn } from '../support/outcome.ts';
import { talkFor } from '../support/talk.ts';

const lab = await labInfo(process.env.GREFFIER_LAB ?? 'test');
const ROOM = '+33123456709';
const INSIDE = '602';

const inbound = (all: Outcome[]) => all.filter(({ record }) => record.direction === 'inbound');

test('a staff representative who joins ends every recording in the room first (C10)', async (t) => {
  const all = await outcome(
    lab,
    async (s) => {
      const [alice, elise, caller] = [
        await s.inside('201'),
        await s.inside('205'),
        await s.outside('+33612345678'),
      ];
      await alice.dial(s.sip(INSIDE));
      await alice.until('CALL_ESTABLISHED');
      await caller.dial(s.sip(ROOM));
      await caller.until('CALL_ESTABLISHED');
      await talkFor(12_500);
      await elise.dial(s.sip(INSIDE));
      await elise.until('CALL_ESTABLISHED');
      await talkFor(3_000);
      await caller.hangUp();
    },
    3,
  );
  const recording = inbound(all)[0]?.recording;
  t.ok(recording, 'what was said before is kept');
  t.same(recording && voicesIn(recording.inside), ['201']);
  t.ok(recording && heardMs(recording.inside, '201') > 2_000);
});

test('a party who refused is in nobody’s recording (C03)', async (t) => {
  const all = await outcome(
    lab,
    async (s) => {
      const alice = await s.inside('201');
      const [willing, refusing] = [
        await s.outside('+33612345678'),
        await s.outside('+33687654321', { voice: 'other' }),
      ];
      await alice.dial(s.sip(INSIDE));
      await alice.until('CALL_ESTABLISHED');
      await willing.dial(s.sip(ROOM));
      await willing.until('CALL_ESTABLISHED');
      await talkFor(12_500);
      await refusing.dial(s.sip(ROOM));
      await refusing.until('CALL_ESTABLISHED');
      await talkFor(1_000);
      await refusing.press('2');
      await talkFor(4_000);
      await Promise.all([willing.hangUp(), refusing.hangUp()]);
    },
    3,
  );
  const [recorded] = inbound(all).filter(({ recording }) => recording);
  t.equal(inbound(all).filter(({ recording }) => recording).length, 1);
  t.equal(
    heardMs(recorded?.recording?.inside ?? new Float64Array(), 'other'),
    0,
    'nothing of the one who refused',
  );
  t.ok(inbound(all).some(({ record }) => record.reason === 'refused'));
});

test('a party waits for one of ours with music, and nothing of the waiting is captured', async (t) => {
  const all = await outcome(
    lab,
    async (s) => {
      const [alice, caller] = [await s.inside('201'), await s.outside('+33612345678')];
      await caller.dial(s.sip(ROOM));
      await caller.until('CALL_ESTABLISHED');
      await talkFor(11_000);
      await alice.dial(s.sip(INSIDE));
      await alice.until('CALL_ESTABLISHED');
      await talkFor(3_000);
      await caller.hangUp();
    },
    2,
  );
  const recording = inbound(all)[0]?.recording;
  const ms = (recording?.outside.length ?? 0) / 8;
  t.ok(ms > 1_500 && ms < 3_500, `${ms} ms of 3 s together`);
});

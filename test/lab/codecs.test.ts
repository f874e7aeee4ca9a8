// Whatever the two telephones speak, the recording is two channels of the same call: left the outside party, right the
// inside, at the right pitch and as long as the talk (failures.md: garbage with 16 kHz bridges, 85 % of the call with
// packet loss).

import { type Test, test } from 'tap';
import { labInfo } from '../../appliance/lab/info.ts';
import { inBox } from '../support/lab.ts';
import { oneOutcome } from '../support/outcome.ts';
import { isRight } from '../support/stereo.ts';
import { talkFor } from '../support/talk.ts';

const lab = await labInfo(process.env.GREFFIER_LAB ?? 'test');
/** A plain recorded line to extension 201, with a short announcement. */
const LINE = '+33123456714';
const TALK_MS = 6_000;

/** As baresip names them, and as Asterisk does. */
const CODECS = {
  PCMA: ['PCMA/8000/1', 'alaw'],
  PCMU: ['PCMU/8000/1', 'ulaw'],
  G722: ['G722/16000/1', 'g722'],
  opus: ['opus/48000/1', 'opus'],
} as const;
type Codec = keyof typeof CODECS;

/** Left what the caller offers beside G.711, right what the phone speaks. The trunk is G.711 (ADR 0010). */
const PAIRS: [outside: Codec, inside: Codec][] = [
  ['PCMA', 'PCMU'],
  ['PCMU', 'G722'],
  ['G722', 'PCMA'],
  ['G722', 'G722'],
  ['PCMA', 'opus'],
  ['opus', 'PCMU'],
  ['opus', 'G722'],
  ['opus', 'opus'],
];

for (const [outside, inside] of PAIRS) {
  test(`a call in ${outside} answered in ${inside} is recorded in stereo that is right`, async (t) => {
    await talkIn(t, outside, inside);
  });
}

/** What the carrier offers: its codec and, where that is no G.711, G.711 as well. */
function offered(codec: Codec): string {
  const [name] = CODECS[codec];
  return onTheTrunk(codec) === codec ? name : `${name},${CODECS.PCMA[0]}`;
}

function onTheTrunk(codec: Codec): Codec {
  return codec === 'PCMU' ? 'PCMU' : 'PCMA';
}

async function talkIn(t: Test, outside: Codec, inside: Codec): Promise<void> {
  const times = { began: 0, ended: 0 };
  const outcome = await oneOutcome(lab, async (s) => {
    const [alice, caller] = await Promise.all([
      s.inside('201', { codecs: CODECS[inside][0] }),
      s.outside('+33612345678', { codecs: offered(outside) }),
    ]);
    await caller.dial(s.sip(LINE));
    await alice.until('CALL_ESTABLISHED', 40_000);
    times.began = Date.now();
    const spoken = await inBox(lab, 'asterisk', '-rx', 'pjsip show channelstats');
    for (const [party, codec] of [
      ['trunk', onTheTrunk(outside)],
      ['201', inside],
    ] as const)
      t.match(spoken, new RegExp(`${party}-\\S+ .* ${CODECS[codec][1]} `), `${party} speaks ${codec}`);
    await talkFor(times.began + TALK_MS - Date.now());
    await caller.hangUp();
    times.ended = Date.now();
  });
  isRight(t, outcome, { spokenMs: times.ended - times.began, outside: 'outside', inside: '201' });
}

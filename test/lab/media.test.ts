// Audio that is not the call's, and audio that does not arrive: what is played before anybody answers is not captured,
// and packets that get lost on one side take away neither time nor anything of the other (failures.md, audio).

import { readFile } from 'node:fs/promises';
import { test } from 'tap';
import { labInfo } from '../../appliance/lab/info.ts';
import { inBox } from '../support/lab.ts';
import { SPOOL, until } from '../support/ledger.ts';
import { lose15Percent } from '../support/loss.ts';
import { type Outcome, oneOutcome, zeroIn } from '../support/outcome.ts';
import type { Phone } from '../support/phone.ts';
import { TONES } from '../support/scene.ts';
import { sippPhone, startSipp } from '../support/sipp.ts';
import { isRight } from '../support/stereo.ts';
import { talkFor } from '../support/talk.ts';
import { readWav, type Samples, windowsWith } from '../support/tones.ts';

const lab = await labInfo(process.env.GREFFIER_LAB ?? 'test');
/** Recorded without exception, with a short announcement, to extension 201. */
const LINE = '+33123456711';
const OUTSIDE = '0655555555';
/** Where the trunk of the lab calls. */
const TRUNK_PORT = 5_080;
const EARLY = [{ hertz: TONES.other, ms: 4_000 }];

test('what a phone plays before it answers is heard by the caller and not captured', async (t) => {
  let heard = 0;
  const outcome = await oneOutcome(lab, async (s) => {
    const voice = [{ hertz: TONES['201'], ms: 4_000 }];
    const phone = await sippPhone(lab, '201', { scenario: 'early', port: 5_300, voice, early: EARLY });
    try {
      const caller = await s.outside('+33612345678');
      await caller.dial(s.sip(LINE));
      await until('the phone has answered', isRecorded, 15_000);
      await talkFor(4_000);
      await caller.hangUp();
      heard = await earlyMs(caller);
    } finally {
      await phone.stop();
    }
  });
  t.ok(heard > 2_000, `the caller heard ${heard} ms of it`);
  isRight(t, outcome, { spokenMs: capturedMs(outcome), outside: 'outside', inside: '201' });
});

test('what the network plays before the called party answers is heard by the phone and not captured', async (t) => {
  let heard = 0;
  const outcome = await oneOutcome(lab, async (s) => {
    const voice = [{ hertz: TONES.outside, ms: 4_000 }];
    const called = await startSipp(lab, { scenario: 'early', port: TRUNK_PORT, voice, early: EARLY });
    try {
      const alice = await s.inside('201');
      await alice.dial(s.sip(OUTSIDE));
      await until('the announcement is over', isRecorded, 30_000);
      await talkFor(4_000);
      await alice.hangUp();
      heard = await earlyMs(alice);
    } finally {
      await called.stop();
    }
  });
  t.ok(heard > 2_000, `the phone heard ${heard} ms of it`);
  isRight(t, outcome, { spokenMs: capturedMs(outcome), outside: 'outside', inside: '201' });
});

/** Whose packets get lost: the SIP ports of the two phones. Those of the first one's media follow from it. */
const LOSSY = {
  outside: { ports: { outside: 5_400, inside: 5_410 }, shares: { outsideShare: 0.8 } },
  inside: { ports: { outside: 5_410, inside: 5_400 }, shares: { insideShare: 0.8 } },
} as const;
const MEDIA = '28000-28019';
const TALK_MS = 12_000;
/** What a gap may be longer than the loss that made it. */
const ARTIFICIAL_MS = 200;

for (const side of ['outside', 'inside'] as const) {
  test(`15 % of lost packets of the ${side} party shorten nothing, and leave the other side whole`, async (t) => {
    const { ports, shares } = LOSSY[side];
    const loss = await lose15Percent(lab.address, MEDIA);
    t.teardown(loss.end);
    const times = { began: 0, ended: 0 };
    const outcome = await oneOutcome(lab, async (s) => {
      const alice = await s.inside('201', { port: ports.inside });
      const caller = await s.outside('+33612345678', { port: ports.outside });
      await caller.dial(s.sip(LINE));
      await alice.until('CALL_ESTABLISHED', 20_000);
      times.began = Date.now();
      await talkFor(TALK_MS);
      await caller.hangUp();
      times.ended = Date.now();
    });
    const dropped = await loss.dropped();
    t.ok(dropped > (0.1 * TALK_MS) / 20, `${dropped} packets were lost`);
    const spokenMs = times.ended - times.began;
    isRight(t, outcome, { spokenMs, outside: 'outside', inside: '201', ...shares });
    if (!outcome.recording) return;
    const [from, to] = zeroIn(outcome.recording[side]);
    const longest = Math.round(to - from);
    t.ok(
      longest <= loss.worstMs + ARTIFICIAL_MS,
      `${longest} ms of silence where ${loss.worstMs} ms were lost`,
    );
  });
}

async function isRecorded(): Promise<boolean> {
  const sheets = await inBox(lab, 'sh', '-c', `cat ${SPOOL}/*.sheet 2>/dev/null || true`);
  return / answer /.test(sheets) && / recording\.start /.test(sheets);
}

/** How long the capture lasted, by the clock of the call's sheet. */
function capturedMs({ recording }: Outcome): number {
  const stretches = recording?.manifest.segments ?? [];
  return stretches.reduce(
    (sum, { startedAt, endedAt }) => sum + Date.parse(endedAt ?? '') - Date.parse(startedAt),
    0,
  );
}

/** How long a phone heard what was played early. */
async function earlyMs(phone: Phone): Promise<number> {
  const { rate, channels } = readWav(await readFile(await phone.heard()));
  return windowsWith(channels[0] as Samples, rate, TONES.other, 0.125).length * 100;
}

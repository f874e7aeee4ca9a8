// A caller may object with key 2 in every form in which telephones send keys, during the announcement and after it
// (C02): nothing is captured, the call goes on, and its record says why it was not recorded.

import { test } from 'tap';
import { labInfo } from '../../appliance/lab/info.ts';
import type { CallRecord } from '../../src/calls/record.ts';
import { inBox } from '../support/lab.ts';
import { capturedBytes, SPOOL, until } from '../support/ledger.ts';
import { oneOutcome } from '../support/outcome.ts';
import type { Phone } from '../support/phone.ts';
import type { Scene } from '../support/scene.ts';
import { startSipp } from '../support/sipp.ts';
import { talkFor } from '../support/talk.ts';

const lab = await labInfo(process.env.GREFFIER_LAB ?? 'test');
/** A plain recorded line to extension 201, with a short announcement. */
const LINE = '+33123456714';
/** From the line's answer to the first word of the announcement. */
const BEFORE_MS = 500;
const WORDS = 'court-fr-v1';

type Moment = 'during the announcement' | 'after the announcement';
const MOMENTS: Moment[] = ['during the announcement', 'after the announcement'];

/** A call whose caller objects at that moment. Resolves to the sizes of what is being captured while the two talk. */
type Form = (s: Scene, alice: Phone, moment: Moment) => Promise<number[]>;

/** By a telephone that sends keys as events among its voice: pressed as soon as the call's sheet says that it is time. */
const events: Form = async (s, alice, moment) => {
  const caller = await s.outside('+33612345678');
  await caller.dial(s.sip(LINE));
  await until('the announcement', () => told(moment), 10_000);
  await caller.press('2');
  await alice.until('CALL_ESTABLISHED');
  const captured = await goesOn();
  await caller.hangUp();
  return captured;
};

/** By a telephone that offers no such events: it sends SIP messages instead, or can do nothing but sound. */
const byTheClock =
  (scenario: 'informs' | 'caller'): Form =>
  async (_s, alice, moment) => {
    const lasts = await milliseconds();
    const at = Math.round(BEFORE_MS + (moment === 'during the announcement' ? lasts / 2 : lasts + 1_200));
    const tone = { hertz: 1004, ms: 30_000 };
    const voice = scenario === 'informs' ? [tone] : [{ ...tone, ms: at }, { key: '2', ms: 250 }, tone];
    const rows = [[LINE, '+33612345678', lasts + 6_000, at]];
    const { ended } = await startSipp(lab, { scenario, port: 5_320, voice, rows });
    await alice.until('CALL_ESTABLISHED');
    const captured = await goesOn();
    const { good, complaints } = await ended;
    if (!good) throw new Error(complaints);
    return captured;
  };

const FORMS: Record<string, Form> = {
  'RFC 4733 events': events,
  'SIP INFO': byTheClock('informs'),
  'tones in the voice': byTheClock('caller'),
};

for (const [form, play] of Object.entries(FORMS)) {
  for (const moment of MOMENTS) {
    test(`key 2 as ${form} ${moment} refuses the recording (C02)`, async (t) => {
      let captured: number[] = [];
      const { record, recording } = await oneOutcome(lab, async (s) => {
        const alice = await s.inside('201');
        captured = await play(s, alice, moment);
      });
      t.same(captured, [], 'nothing is captured');
      t.equal(recording, null);
      t.match(record, { consent: 'refused', reason: 'refused', recorded: false, disposition: 'answered' });
      t.equal(heardToTheEnd(record), moment === 'after the announcement', 'it was pressed at that moment');
    });
  }
}

/** The call goes on: the two talk for a second. */
async function goesOn(): Promise<number[]> {
  await talkFor(1_000);
  return [...(await capturedBytes(lab)).values()];
}

function heardToTheEnd({ announcements }: CallRecord): boolean {
  return announcements.length === 1 && announcements[0]?.heardToTheEndAt !== null;
}

async function told(moment: Moment): Promise<boolean> {
  const event = moment === 'during the announcement' ? 'announcement.start' : 'announcement.end';
  return (await inBox(lab, 'sh', '-c', `cat ${SPOOL}/*.sheet 2>/dev/null || true`)).includes(` ${event} `);
}

/** How long the announcement lasts, by the rules in force. */
async function milliseconds(): Promise<number> {
  const rules = await inBox(lab, 'sh', '-c', 'cd /var/lib/greffier/policies && cat "$(cat current).conf"');
  const found = new RegExp(`\\[announcement-${WORDS}\\]\\s*milliseconds=(\\d+)`).exec(rules);
  if (!found) throw new Error(`the rules in force do not tell of ${WORDS}`);
  return Number(found[1]);
}

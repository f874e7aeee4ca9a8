// Calls to a line of which a quarter is recorded, drawn by chance (C11): is the share what it should be, and was each
// call treated as its own draw says? The draw is computed here again, by nothing of the program's.

import { createHash } from 'node:crypto';
import { inBox } from '../support/lab.ts';
import { callsSince, closed, recordOf } from '../support/ledger.ts';
import { sippPhone, startSipp } from '../support/sipp.ts';
import { type Campaign, caller, watched } from './campaign.ts';

const LINE = '+33123456706';
const SHARE = 0.25;
/** 95 % of all samples of 400 calls lie in this band (20.8 % to 29.2 %). */
const WIDTH = 1.96;
/** From the answer to the end of the call in ms: announcement, three seconds to object, and a moment of talk. */
const LASTS_MS = 7_800;

export const sampling: Campaign = {
  id: 'sampling',
  name: 'a quarter of the calls is recorded, and each as its own draw says (C11)',
  unit: 'calls',
  sizes: { small: [24], full: [400] },
  async run(t, lab, size, tell) {
    const since = new Date();
    const phone = await sippPhone(lab, '201', {
      scenario: 'phone',
      port: 5_300,
      voice: [{ hertz: 440, ms: 4_000 }],
    });
    try {
      const rows = Array.from({ length: size }, (_, i) => [LINE, caller(i), LASTS_MS]);
      const { ended } = await startSipp(lab, {
        scenario: 'caller',
        port: 5_310,
        rows,
        atOnce: 10,
        perSecond: 2,
      });
      const done = async () => (await callsSince(lab, since)).length;
      const { good, complaints } = await watched(ended, done, size, tell);
      t.ok(good, complaints || 'every caller got through');
    } finally {
      await phone.stop();
    }
    const calls = await closed(lab, since);
    t.equal(calls.length, size, 'every call is explained');

    const seed = await seedOfTheMonth(lab);
    const wrong: string[] = [];
    for (const { id, recorded, reason } of calls) {
      const chosen = Number.parseInt(sha1(`${seed}:${id}`).slice(0, 8), 16) < SHARE * 2 ** 32;
      if (recorded !== chosen || (!chosen && reason !== 'not-drawn'))
        wrong.push(`${id}: ${reason || 'recorded'}`);
    }
    t.same(wrong, [], 'each was recorded when its draw had chosen it, and only then');
    const first = calls[0] && (await recordOf(lab, calls[0].id));
    t.equal(
      first?.draw?.value,
      calls[0] && sha1(`${seed}:${calls[0].id}`).slice(0, 8),
      'the draw is in the record',
    );

    const month = since.toISOString().slice(0, 7);
    const again = JSON.parse(await inBox(lab, 'greffier', 'calls', 'draws', '--month', month, '--json'));
    t.same(again.mismatches, [], 'greffier calls draws finds no mismatch');

    const recorded = calls.filter((call) => call.recorded).length;
    const share = recorded / size;
    const band = WIDTH * Math.sqrt((SHARE * (1 - SHARE)) / size);
    const measured = `${recorded} of ${size} recorded, ${(share * 100).toFixed(1)} %`;
    // Of a few calls any share is possible: there, each call's own draw is the test.
    if (size >= 400) t.ok(Math.abs(share - SHARE) <= band, `${measured}, band ±${(band * 100).toFixed(1)}`);
    return measured;
  },
};

async function seedOfTheMonth(lab: Parameters<typeof inBox>[0]): Promise<string> {
  const month = new Date().toISOString().slice(0, 7);
  return JSON.parse(await inBox(lab, 'cat', `/var/lib/greffier/draws/${month}.json`)).seed;
}

function sha1(text: string): string {
  return createHash('sha1').update(text).digest('hex');
}

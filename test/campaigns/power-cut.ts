// The plug is pulled with calls up: every process ends, RAM is gone, the disk keeps what was flushed to it. When the box
// is back each call has its record and a recording that opens, and at most five seconds of it are missing (promise 5).

import { openLab } from '../../appliance/lab/lab.ts';
import { boot, powerOff } from '../../appliance/lab/power.ts';
import { inBox, type LabInfo } from '../support/lab.ts';
import { callsSince, closed, recordOf, until } from '../support/ledger.ts';
import { talkFor } from '../support/talk.ts';
import { callsUp, keptOf } from './calls-up.ts';
import type { Campaign } from './campaign.ts';

const LOST_MS = 5_000;

export const powerCut: Campaign = {
  id: 'power-cut',
  name: 'a power cut costs at most five seconds of each call, and what is left of it opens',
  unit: 'calls',
  sizes: { small: [3], full: [20] },
  raises: ['recording.interrupted'],
  async run(t, lab, size, tell) {
    const since = new Date();
    const calls = await callsUp(
      lab,
      Array.from({ length: size }, () => 600_000),
    );
    await talkFor(12_000);
    const box = openLab(process.env.GREFFIER_LAB ?? 'test');
    await powerOff(box);
    const died = Date.now();
    await calls.vanish();
    tell('the plug is pulled');
    t.equal(await boot(box), 'running', 'the box comes up whole');
    const all = await until(
      'every call has its record',
      async () => {
        const known = await callsSince(lab, since).catch(() => []);
        return known.length >= size && known;
      },
      60_000,
    );
    t.equal(all.length, size, 'each call has one record');
    const kept = await Promise.all(all.map((call) => keptOf(lab, call)));
    t.same(
      [...new Set(kept.map(({ state }) => state))],
      ['interrupted'],
      'each recording says that it broke off',
    );
    const records = await Promise.all(all.map(({ id }) => recordOf(lab, id)));
    const lost = records.map(({ answeredAt }, i) => died - Date.parse(answeredAt ?? '') - (kept[i]?.ms ?? 0));
    t.ok(Math.max(...lost) <= LOST_MS, `at most ${Math.max(...lost)} ms are missing`);
    const voices = kept.filter(
      ({ ms, outsideMs, insideMs }) => Math.min(outsideMs, insideMs) < ms * 0.97 - 300,
    );
    t.same(voices, [], 'both voices are in all of it');
    const halves = await inBox(lab, 'ls', '-A', '/var/lib/greffier/vault/incoming');
    t.equal(halves, '', 'and nothing half sealed is left');
    await oneMoreCall(lab);
    t.equal(
      (await closed(lab, since)).filter(({ recorded }) => recorded).length,
      size + 1,
      'the next call is recorded',
    );
    return `${size} open, ${Math.min(...lost)} to ${Math.max(...lost)} ms missing`;
  },
};

/** A call after the reboot. Now and then Asterisk forgets the first registration of a phone then: it registers again. */
async function oneMoreCall(lab: LabInfo): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      // Long enough to be seen being recorded, however slowly a busy machine answers.
      const next = await callsUp(lab, [15_000]);
      await next.ended;
      return await next.clear();
    } catch (error) {
      if (tries === 3) throw error;
    }
  }
}

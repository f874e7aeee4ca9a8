// A supervisor comes into one call and leaves it, again and again, listening, whispering and barging in: the call goes on
// unharmed, and its recording is whole and holds the two parties alone (C13, C14).

import { inBox, type LabInfo } from '../support/lab.ts';
import { callsSince, closed } from '../support/ledger.ts';
import { heardFrom, outcomeOf, voicesIn } from '../support/outcome.ts';
import { scene } from '../support/scene.ts';
import { AGENT, talking } from '../support/supervised.ts';
import { talkFor } from '../support/talk.ts';
import { until } from '../support/until.ts';
import type { Campaign } from './campaign.ts';

const CODES = ['*91', '*92', '*93'];

export const supervisions: Campaign = {
  id: 'supervisions',
  name: 'a call that a supervisor joins and leaves goes on unharmed',
  unit: 'sessions',
  sizes: { small: [4], full: [100] },
  async run(t, lab, size, tell) {
    const since = new Date();
    await scene(lab, async (s) => {
      const { caller, alice, carla } = await talking(s);
      for (let round = 0; round < size; round += 1) {
        await carla.dial(s.sip(`${CODES[round % CODES.length]}${AGENT}`));
        await carla.until('CALL_ESTABLISHED');
        await carla.press('1');
        await until('she is let in', async () => (await sessions(lab)) === 1, 10_000);
        // Of many lengths, from a moment to a sentence.
        await talkFor(200 + ((round * 137) % 900));
        await carla.hangUp();
        await carla.until('CALL_CLOSED');
        await until('she has left', async () => (await sessions(lab)) === 0, 10_000);
        if (round % 10 === 9) tell(`${round + 1} of ${size}`);
      }
      await talkFor(1_000);
      await caller.hangUp();
      await alice.until('CALL_CLOSED');
    });
    await closed(lab, since);
    const calls = await callsSince(lab, since);
    const [call] = calls.filter(({ direction }) => direction === 'inbound');
    t.equal(
      calls.filter(({ direction }) => direction === 'internal').length,
      size,
      'each session is explained',
    );
    const { recording } = await outcomeOf(lab, call?.id ?? '');
    if (!recording) throw new Error('the call was not recorded');
    const { outside, inside } = recording;
    t.same([voicesIn(outside), voicesIn(inside)], [['outside'], [AGENT]], 'the two parties and nobody else');
    const stretches = [heardFrom(outside, 'outside').length, heardFrom(inside, AGENT).length];
    t.same(stretches, [1, 1], 'both without a gap');
    const told = await inBox(
      lab,
      'sh',
      '-c',
      `greffier audit show --action supervision-end --since ${since.toISOString()} --limit 9999 --json | grep -c '"at"'`,
    );
    t.equal(Number(told), size, 'one entry on each end');
    return `${size} sessions in a call of ${Math.round(outside.length / 8_000)} s, no gap`;
  },
};

/** How many sessions run. */
async function sessions(lab: LabInfo): Promise<number> {
  const script = `cd /var/spool/greffier && grep -l supervision.begin *.sheet 2>/dev/null |
    xargs -r grep -L supervision.end | wc -l`;
  return Number(await inBox(lab, 'sh', '-c', script));
}

// The daemon or Asterisk are killed at random moments of calls, and again. Whatever was captured is sealed once and only
// once, nothing clear is left, and the index tells what the vault holds (issue 4).

import { seeded } from '../support/chance.ts';
import { inBox, type LabInfo } from '../support/lab.ts';
import { closed, recordingsSince, until } from '../support/ledger.ts';
import { talkFor } from '../support/talk.ts';
import { callsUp, isWhole, type Kept, keptOf } from './calls-up.ts';
import type { Campaign } from './campaign.ts';

type Victim = 'daemon' | 'asterisk';

const AT_ONCE = 10;
/** Asterisk writes by the 32 KiB: what it had not written is gone with it. */
const UNWRITTEN_MS = 1_500;

export const killedAnywhere: Campaign = {
  id: 'killed-anywhere',
  name: 'whatever is killed at whatever moment of a call, nothing captured is lost or there twice',
  unit: 'calls',
  sizes: { small: [3], full: [50] },
  async run(t, lab, size, tell) {
    const next = seeded(20261125);
    const between = (from: number, to: number) => Math.floor(from + next() * (to - from + 1));
    const since = new Date();
    const kills: Record<Victim, number> = { daemon: 0, asterisk: 0 };
    let [whole, interrupted] = [0, 0];
    for (let done = 0; done < size; done += AT_ONCE) {
      const began = new Date();
      const count = Math.min(AT_ONCE, size - done);
      const lasts = Array.from({ length: count }, () => between(8_000, 16_000));
      const calls = await callsUp(lab, lasts);
      // The last batch of a long run is the one that Asterisk dies in: its calls end there.
      const victims: Victim[] = ['daemon', 'daemon', 'daemon'];
      if (size > AT_ONCE && done + AT_ONCE >= size) victims.push('asterisk');
      try {
        for (const victim of victims) {
          await talkFor(between(300, 2_500));
          await kill(lab, victim);
          kills[victim] += 1;
        }
        if (victims.includes('asterisk')) tell('Asterisk is killed');
        else await calls.ended;
      } finally {
        await calls.clear();
      }
      await until('Asterisk is back', () => isUp(lab), 30_000);
      const all = await closed(lab, began, 60_000);
      t.equal(all.length, count, 'each call has a record');
      const kept = await Promise.all(all.map((call) => keptOf(lab, call)));
      t.same(
        kept.filter((one) => !isKept(one)),
        [],
        'each recording is whole, or reaches to the kill of Asterisk',
      );
      whole += kept.filter(({ state }) => state === 'sealed').length;
      interrupted += kept.filter(({ state }) => state === 'interrupted').length;
      tell(`${done + count} of ${size}`);
    }
    const listed = (await recordingsSince(lab, since)).map(({ id }) => id);
    t.equal(new Set(listed).size, size, 'as many recordings as calls');
    const halves = await inBox(lab, 'ls', '-A', '/var/lib/greffier/vault/incoming');
    t.equal(halves, '', 'nothing half sealed is left');
    const killed = Object.entries(kills).map(([victim, times]) => `${victim} ${times}`);
    return `${whole} whole, ${interrupted} interrupted; killed: ${killed.join(', ')}`;
  },
};

function isKept(one: Kept): boolean {
  if (one.state !== 'interrupted') return isWhole(one);
  return one.ms > one.spokenMs - UNWRITTEN_MS && Math.min(one.outsideMs, one.insideMs) >= one.ms * 0.97 - 200;
}

async function kill(lab: LabInfo, victim: Victim): Promise<void> {
  const unit = victim === 'daemon' ? 'greffier' : 'asterisk';
  // The one that was killed before may not be there again: what is killed is one that runs, ready or not.
  const hit = () =>
    inBox(lab, 'systemctl', 'kill', '--signal=KILL', unit).then(
      () => true,
      () => undefined,
    );
  await until(`there is a ${victim} to kill`, hit, 30_000);
}

async function isUp(lab: LabInfo): Promise<boolean> {
  const { services } = JSON.parse(await inBox(lab, 'greffier', 'status', '--json')) as {
    services: { name: string; state: string }[];
  };
  return services.every(({ name, state }) => state === 'up' || !/asterisk|greffier/.test(name));
}

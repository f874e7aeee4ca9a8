// The daemon is killed in the middle of calls. Calls go on without it; what it had half sealed it seals again from the
// spool when it is back, and nothing is missing or there twice.

import { inBox } from '../support/lab.ts';
import { closed } from '../support/ledger.ts';
import { talkFor } from '../support/talk.ts';
import { callsUp, isWhole, keptOf } from './calls-up.ts';
import type { Campaign } from './campaign.ts';

/** The announcement, and time to be killed in: one caller leaves while the daemon is gone or is just back. */
const LASTS_MS = [7_500, 14_000, 16_000];

export const daemonKilled: Campaign = {
  id: 'daemon-killed',
  name: 'when the daemon is killed during calls, nothing of them is lost',
  unit: 'calls',
  sizes: { small: [3], full: [10] },
  async run(t, lab, size, tell) {
    const since = new Date();
    const lasts = Array.from({ length: size }, (_, i) => LASTS_MS[i % LASTS_MS.length] ?? 0);
    const calls = await callsUp(lab, lasts);
    try {
      await talkFor(2_000);
      await inBox(lab, 'systemctl', 'kill', '--signal=KILL', 'greffier');
      tell('killed');
      const { good, complaints } = await calls.ended;
      t.ok(good, complaints || 'no caller noticed');
    } finally {
      await calls.clear();
    }
    const all = await closed(lab, since);
    t.equal(all.length, size, 'each call has a record');
    const kept = await Promise.all(all.map((call) => keptOf(lab, call)));
    t.same(
      kept.filter((one) => !isWhole(one) || one.state !== 'sealed'),
      [],
      'each recording is whole',
    );
    const halves = await inBox(lab, 'ls', '-A', '/var/lib/greffier/vault/incoming');
    t.equal(halves, '', 'and nothing half sealed is left');
    const worst = Math.max(...kept.map(({ ms, spokenMs }) => Math.abs(ms - spokenMs) / spokenMs));
    return `${size} whole, within ${(worst * 100).toFixed(1)} % of the talk`;
  },
};

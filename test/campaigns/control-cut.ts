// AMI and ARI go silent in the middle of calls: nothing answers and nothing is refused, as when Asterisk hangs. Calls and
// recordings do not need them; the operator sees it; afterwards nothing is done twice and nothing is missing
// (failures.md: dead listener, events lost while disconnected, old listeners kept after reconnect).

import { setTimeout as delay } from 'node:timers/promises';
import { openHealth, statusOf } from '../support/health.ts';
import { inBox, type LabInfo } from '../support/lab.ts';
import { closed, until } from '../support/ledger.ts';
import { callsUp, isWhole, keptOf, timesSealed } from './calls-up.ts';
import type { Campaign } from './campaign.ts';

/** What the issue asks of the health page. */
const NOTICED_MS = 5_000;
/** Two seconds at most between two attempts, two for an attempt, and a little. */
const BACK_MS = 5_000;

export const controlCut: Campaign = {
  id: 'control-cut',
  name: 'a call is recorded whole while AMI and ARI are silent, and the operator sees it',
  unit: 'seconds',
  sizes: { small: [6], full: [10, 60] },
  async run(t, lab, size, tell) {
    const health = await openHealth(lab);
    const since = new Date();
    const cutMs = size * 1_000;
    // One call lasts beyond the cut; another ends in the middle of it, unheard of by the daemon.
    const calls = await callsUp(lab, [cutMs + BACK_MS + 12_000, 8_000]);
    try {
      t.equal(await health.page('asterisk'), 'up', 'the health page is green');
      const began = Date.now();
      await silence(lab);
      const down = async () => (await health.page('asterisk')) === 'down';
      await until('the health page is red', down, NOTICED_MS);
      const noticed = Date.now() - began;
      t.equal(await statusOf(lab, 'asterisk'), 'down', 'greffier status says so too');
      tell(`seen after ${noticed} ms`);
      await delay(Math.max(0, began + cutMs - Date.now()));
      await restore(lab);
      const restored = Date.now();
      await until('the health page is green again', async () => !(await down()), BACK_MS);
      const back = Date.now() - restored;
      tell(`back after ${back} ms`);
      const { good, complaints } = await calls.ended;
      t.ok(good, complaints || 'no caller noticed');
      const all = await closed(lab, since);
      t.equal(all.length, 2, 'each call has one record');
      const kept = await Promise.all(all.map((call) => keptOf(lab, call)));
      t.same(
        kept.filter((one) => !isWhole(one) || one.state !== 'sealed'),
        [],
        'both recordings are whole',
      );
      t.same(await timesSealed(lab, all), [1, 1], 'and were sealed once each');
      return `seen after ${noticed} ms, back after ${back} ms; ${kept.map(({ ms }) => `${ms} ms`).join(' and ')} whole`;
    } finally {
      await restore(lab);
      await calls.clear();
      await health.close();
    }
  },
};

const TABLE = 'campaign_silence';

/** Packets from and to AMI and ARI vanish, those of connections that stand included. */
export async function silence(lab: LabInfo): Promise<void> {
  const rules = `table inet ${TABLE} {
    chain output {
      type filter hook output priority -10; policy accept;
      oif lo tcp dport { 5038, 8088 } drop
      oif lo tcp sport { 5038, 8088 } drop
    }
  }`;
  await inBox(lab, 'sh', '-c', `printf '%s' "$0" | nft -f -`, rules);
}

/** They are heard again. */
export async function restore(lab: LabInfo): Promise<void> {
  await inBox(lab, 'sh', '-c', `nft delete table inet ${TABLE} 2>/dev/null || true`);
}

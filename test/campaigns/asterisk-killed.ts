// Asterisk is killed with calls up. What was captured until then is sealed, marked as interrupted, and each call has its
// record (failures.md: kill -9 Asterisk with 10 calls up).

import { inBox } from '../support/lab.ts';
import { capturedBytes, closed, recordOf } from '../support/ledger.ts';
import { talkFor } from '../support/talk.ts';
import { callsUp, keptOf } from './calls-up.ts';
import type { Campaign } from './campaign.ts';

/** 8 kHz, two channels, 16 bit: bytes of clear audio in a millisecond. */
const BYTES_PER_MS = 32;
/** Asterisk writes by the 32 KiB: up to 1024 ms of audio are in its memory when it dies. Killing it takes a moment too. */
const UNWRITTEN_MS = 1_500;

export const asteriskKilled: Campaign = {
  id: 'asterisk-killed',
  name: 'when Asterisk is killed, what was captured of each call is kept as interrupted',
  unit: 'calls',
  sizes: { small: [3], full: [10] },
  async run(t, lab, size, tell) {
    const since = new Date();
    const calls = await callsUp(
      lab,
      Array.from({ length: size }, () => 600_000),
    );
    let died = 0;
    let captured = new Map<string, number>();
    try {
      await talkFor(4_000);
      await inBox(lab, 'systemctl', 'kill', '--signal=KILL', 'asterisk');
      died = Date.now();
      captured = await capturedBytes(lab);
      tell(`killed with ${captured.size} of ${size} calls up`);
    } finally {
      await calls.clear();
    }
    t.equal(captured.size, size, 'every call was being captured');
    const all = await closed(lab, since, 60_000);
    const closedMs = Date.now() - died;
    t.equal(all.length, size, 'each call has a record');
    const kept = await Promise.all(all.map((call) => keptOf(lab, call)));
    const states = new Set(kept.map(({ state }) => state));
    t.same([...states], ['interrupted'], 'each is marked as interrupted');
    t.same(
      all.map(({ id }, i) => [id, Math.round((kept[i]?.ms ?? 0) - (captured.get(id) ?? 0) / BYTES_PER_MS)]),
      all.map(({ id }) => [id, 0]),
      'with every sample that was captured',
    );
    const voices = kept.every(
      ({ ms, outsideMs, insideMs }) => Math.min(outsideMs, insideMs) >= ms * 0.97 - 200,
    );
    t.ok(voices, 'and both voices in all of it');
    const records = await Promise.all(all.map(({ id }) => recordOf(lab, id)));
    const lost = records.map(({ answeredAt }, i) => died - Date.parse(answeredAt ?? '') - (kept[i]?.ms ?? 0));
    t.ok(Math.max(...lost) < UNWRITTEN_MS, `at most ${Math.max(...lost)} ms were still in Asterisk's memory`);
    return `${size} interrupted and sealed within ${closedMs} ms, last ${Math.max(...lost)} ms not written by Asterisk`;
  },
};

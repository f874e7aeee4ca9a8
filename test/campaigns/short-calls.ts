// Short calls, in a row and several at once, each ended at another moment: while it rings, during the announcement,
// before the question is answered, just after the phone has answered. Not one may be without a record and a reason.

import { seeded } from '../support/chance.ts';
import type { LabInfo } from '../support/lab.ts';
import { callsSince, closed } from '../support/ledger.ts';
import { type SippOptions, sippPhone, startSipp } from '../support/sipp.ts';
import { type Campaign, caller, type Tell, watched } from './campaign.ts';

/** Who hangs up when, in ms after the answer (or, to give up, after dialling): line, from, to. */
const KINDS: { scenario: 'caller' | 'gives-up'; line: string; from: number; to: number }[] = [
  // The whole way of a line that is recorded: hung up in the announcement, at its end, or after the phone answered.
  { scenario: 'caller', line: '+33123456711', from: 0, to: 8_000 },
  // A sampled line: the same, with three seconds in which one may object.
  { scenario: 'caller', line: '+33123456706', from: 2_500, to: 9_000 },
  // A line without announcement, which the phone answers at once.
  { scenario: 'caller', line: '+33123456703', from: 0, to: 900 },
  // No line of ours.
  { scenario: 'caller', line: '+33999999999', from: 0, to: 0 },
  // Given up while a phone rings that nobody takes up.
  { scenario: 'gives-up', line: '+33123456713', from: 0, to: 900 },
];
const SEED = 20_261_122;

export const shortCalls: Campaign = {
  id: 'short-calls',
  name: 'not one of many short calls is unexplained',
  unit: 'calls',
  sizes: { small: [20], full: [500] },
  async run(t, lab, size, tell) {
    const since = new Date();
    const complaints = await place(lab, size, since, tell);
    t.same(complaints, [], 'every call went as SIP says');
    const calls = await closed(lab, since);
    t.equal(calls.length, size, 'each call has a record');
    const callers = new Set(calls.map((call) => call.caller));
    t.equal(callers.size, size, 'and one only');
    t.same(
      calls.filter(({ recorded, reason, disposition }) => !disposition || recorded === Boolean(reason)),
      [],
      'which says how it ended, and why it was not recorded if it was not',
    );
    const recorded = calls.filter((call) => call.recorded).length;
    const reasons = Map.groupBy(calls, ({ reason }) => reason || 'recorded');
    const counts = [...reasons].map(([reason, some]) => `${reason} ${some.length}`);
    return `${recorded} recorded; ${counts.sort().join(', ')}`;
  },
};

async function place(lab: LabInfo, size: number, since: Date, tell: Tell): Promise<string[]> {
  const chance = seeded(SEED);
  const rows = Array.from({ length: size }, (_, i) => {
    const { scenario, line, from, to } = KINDS[i % KINDS.length] as (typeof KINDS)[number];
    return { scenario, row: [line, caller(i), Math.round(from + chance() * (to - from))] };
  });
  const phones = [
    await sippPhone(lab, '201', { scenario: 'phone', port: 5_300 }),
    await sippPhone(lab, '205', { scenario: 'rings', port: 5_302 }),
  ];
  const run = async (scenario: SippOptions['scenario'], port: number, atOnce: number, perSecond: number) => {
    const mine = rows.filter((row) => row.scenario === scenario).map(({ row }) => row);
    return (await startSipp(lab, { scenario, port, rows: mine, atOnce, perSecond })).ended;
  };
  try {
    const done = async () => (await callsSince(lab, since)).length;
    const all = [run('caller', 5_310, 8, 4), run('gives-up', 5_320, 2, 1)];
    const ends = await watched(Promise.all(all), done, size, tell);
    return ends.flatMap(({ good, complaints }) => (good ? [] : [complaints]));
  } finally {
    for (const phone of phones) await phone.stop();
  }
}

// Calls that nobody answers leave no files and no recordings, and their records say so: one half is given up by the
// caller while the phone rings, the other is turned down by the phone (failures.md: unanswered calls still create files).

import type { LabInfo } from '../support/lab.ts';
import { capturedBytes, closed, recordingsSince, recordOf } from '../support/ledger.ts';
import { sippPhone, startSipp } from '../support/sipp.ts';
import { type Campaign, caller } from './campaign.ts';

/** Always recorded, and told in 3.5 s. */
const LINE = '+33123456711';
/** From the answer of the line: the announcement, then two seconds of ringing. */
const PATIENCE_MS = 6_000;

export const unanswered: Campaign = {
  id: 'unanswered',
  name: 'calls that nobody answers leave no files and no recordings',
  unit: 'calls',
  sizes: { small: [5], full: [50] },
  async run(t, lab, size, tell) {
    const since = new Date();
    const given = Math.ceil(size / 2);
    const captured = await watch(lab, async () => {
      await ring(lab, 'rings', 0, given);
      tell(`${given} of ${size}`);
      await ring(lab, 'refuses', given, size - given);
    });
    t.same([...captured].filter(Boolean), [], 'nothing was captured, not even for a moment');
    const calls = await closed(lab, since);
    t.equal(calls.length, size, 'each call has a record');
    t.same(await recordingsSince(lab, since), [], 'and none a recording');
    const words = calls
      .map(({ disposition, reason, recorded }) => `${disposition} ${reason} ${recorded}`)
      .sort();
    const expected = [
      ...Array.from({ length: given }, () => 'abandoned unanswered false'),
      ...Array.from({ length: size - given }, () => 'unanswered unanswered false'),
    ];
    t.same(words, expected, 'the record says who gave up');
    const records = await Promise.all(calls.map(({ id }) => recordOf(lab, id)));
    const nobody = records.every(({ answeredAt, extensions }) => !answeredAt && extensions.length === 0);
    t.ok(nobody, 'and that nobody answered');
    return `${given} abandoned, ${size - given} unanswered, 0 files, 0 recordings`;
  },
};

async function ring(
  lab: LabInfo,
  scenario: 'rings' | 'refuses',
  first: number,
  count: number,
): Promise<void> {
  const phone = await sippPhone(lab, '201', { scenario, port: 5_300 });
  const rows = Array.from({ length: count }, (_, i) => [LINE, caller(first + i), PATIENCE_MS]);
  // A line that nobody answers is hung up by the box.
  const kind = scenario === 'rings' ? 'caller' : 'is-left';
  try {
    const { good, complaints } = await (
      await startSipp(lab, { scenario: kind, port: 5_310, rows, atOnce: 8, perSecond: 2 })
    ).ended;
    if (!good) throw new Error(complaints);
  } finally {
    await phone.stop();
  }
}

/** Sizes of the audio files that were seen in the spool while the work lasted. The capture is made ready as it rings. */
async function watch(lab: LabInfo, work: () => Promise<void>): Promise<Set<number>> {
  const seen = new Set<number>();
  let over = false;
  const watching = (async () => {
    while (!over) for (const bytes of (await capturedBytes(lab)).values()) seen.add(bytes);
  })();
  await work().finally(() => {
    over = true;
  });
  await watching;
  return seen;
}

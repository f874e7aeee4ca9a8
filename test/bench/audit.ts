// Entries of the audit log, each on disk before the next one begins. Against what the disk can do at all: one line, and a
// flush of it, in a loop.

import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { openAudit } from '../../src/audit/journal.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { ownFolder } from '../unit/support/world.ts';
import { compared, type Figure } from './figure.ts';
import { secondsOf } from './measure.ts';

const ENTRY = {
  actor: 'marie',
  action: 'play',
  recording: '3f2b8c1e-5a64-4c0e-9d7a-0123456789ab',
  code: 'quality',
  from: '192.0.2.1',
};
/** So many of each in turn, so that whatever else the disk does falls on both. */
const SLICE = 100;

export const audit: Figure = {
  id: 'audit',
  name: 'entries of the audit log, each on disk',
  unit: 'entries',
  sizes: { small: 20, usual: [5_000] },
  async measure(bench) {
    const folder = await ownFolder(bench);
    const log = await openAudit(join(folder, 'audit'), systemClock);
    const file = await open(join(folder, 'lines'), 'a');
    bench.teardown(() => file.close());
    const line = `${JSON.stringify(ENTRY).padEnd(240)}\n`;
    const [times, limits] = [{ ours: 0, many: 0 }, { line: 0 }];
    for (let left = bench.size; left > 0; left -= SLICE) {
      const count = Math.min(left, SLICE);
      const each = async (work: () => Promise<unknown>) => {
        for (let i = 0; i < count; i += 1) await work();
      };
      times.ours += await secondsOf(() => each(() => log.write(ENTRY)));
      limits.line += await secondsOf(() =>
        each(async () => {
          await file.appendFile(line);
          await file.datasync();
        }),
      );
      times.many += await secondsOf(() => Promise.all(Array.from({ length: count }, () => log.write(ENTRY))));
    }
    const rate = (seconds: number) => bench.size / seconds;
    return [
      compared(
        { what: 'one after the other', value: rate(times.ours), unit: '/s' },
        'a line and fdatasync',
        rate(limits.line),
        { atLeast: 0.8 },
      ),
      compared(
        { what: `${SLICE} people at once`, value: rate(times.many), unit: '/s' },
        'a line and fdatasync',
        rate(limits.line),
      ),
    ];
  },
};

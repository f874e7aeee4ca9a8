// From hang-up until the recording is sealed and listed, for calls that were short and long. Time is compressed at its
// source alone: the capture grows as fast as the sealing takes it; the last seconds of each call are as slow as talk is.

import { setTimeout as delay } from 'node:timers/promises';
import { openCatalogue } from '../../src/catalogue/catalogue.ts';
import { until } from '../support/until.ts';
import { type DaemonSite, laySite, startDaemon } from './daemon-site.ts';
import { alone, compared, type Figure, type Row } from './figure.ts';
import { median, p95 } from './measure.ts';
import { SECOND_BYTES, speech } from './speech.ts';
import { beginCall } from './spooled-call.ts';

const LENGTHS = [10, 600, 3_600];
const CALLS = 20;
/** Seconds at the end of each call that last as long as they are. */
const SLOW = 3;
const BLOCK_SECONDS = 30;
/** So far the source is ahead of the sealing at most. */
const AHEAD_SECONDS = 120;
const POLL_MS = 2;
const PATIENCE_MS = 120_000;

export const hangUp: Figure = {
  id: 'hang-up',
  name: 'from hang-up to sealed and listed',
  unit: 's (longest call)',
  sizes: { small: 4, usual: [3_600] },
  async measure(bench) {
    const site = await laySite(bench);
    await startDaemon(bench, site);
    const lengths = LENGTHS.filter((seconds) => seconds <= bench.size);
    const rows: Row[] = [];
    let first = 0;
    for (const seconds of lengths.length ? lengths : [bench.size]) {
      const waits: number[] = [];
      for (let call = 0; call < (bench.size < 10 ? 1 : CALLS); call += 1)
        waits.push(await oneCall(site, seconds));
      bench.tell(`calls of ${seconds} s`);
      first ||= median(waits);
      const what = `calls of ${seconds} s`;
      rows.push(
        alone({ what: `${what}, p95`, value: p95(waits) / 1000, unit: 's' }, { atMost: 1 }),
        compared({ what: `${what}, median`, value: median(waits), unit: 'ms' }, 'the shortest calls', first),
      );
    }
    return rows;
  },
};

/** Makes a call of that length, and returns how many ms after its end it is listed. */
async function oneCall(site: DaemonSite, seconds: number): Promise<number> {
  const call = await beginCall(site);
  const block = speech(BLOCK_SECONDS);
  const quick = Math.max(0, seconds - SLOW);
  for (let done = 0; done < quick; done += BLOCK_SECONDS) {
    await call.capture(block.subarray(0, Math.min(BLOCK_SECONDS, quick - done) * SECOND_BYTES));
    const near = async () => (await call.sealedSeconds()) > call.capturedSeconds() - AHEAD_SECONDS;
    await until('the sealing keeps up', near, PATIENCE_MS);
  }
  // A call that is so far behind would be judged by that, and not by its end.
  if (quick > BLOCK_SECONDS)
    await until(
      'the sealing has caught up',
      async () => (await call.sealedSeconds()) > quick - 5,
      PATIENCE_MS,
    );
  for (let second = 0; second < Math.min(SLOW, seconds); second += 1) {
    await call.capture(block.subarray(second * SECOND_BYTES, (second + 1) * SECOND_BYTES));
    await delay(1_000);
  }
  const catalogue = await openCatalogue(site.at('state', 'catalogue'));
  try {
    await call.hangUp();
    const began = performance.now();
    while (!catalogue.recording(call.id)) {
      if (performance.now() - began > PATIENCE_MS) throw new Error(`call ${call.id} was never listed`);
      await delay(POLL_MS);
    }
    return performance.now() - began;
  } finally {
    catalogue.close();
  }
}

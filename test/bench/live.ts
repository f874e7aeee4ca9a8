// What the daemon needs while calls are being recorded: processor for each, and memory with all of them. Their captures
// grow by 32 KiB a second, as Asterisk writes them.

import { readdir } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { until } from '../support/until.ts';
import { lawful } from '../unit/support/policies.ts';
import { type DaemonSite, laySite, listed, startDaemon } from './daemon-site.ts';
import { alone, type Bench, compared, type Figure, type Row } from './figure.ts';
import { memoryOf, processorOf } from './measure.ts';
import { SECOND_BYTES, speech } from './speech.ts';
import { beginCall, type SpooledCall } from './spooled-call.ts';

/** What Asterisk writes at once, and how often it does. */
const PIECE_BYTES = 32 * 1024;
const PIECE_MS = (1000 * PIECE_BYTES) / SECOND_BYTES;
const SETTLE_MS = 5_000;
const WATCHED_MS = 60_000;

export const live: Figure = {
  id: 'live',
  name: 'processor and memory of the daemon while calls are recorded',
  unit: 'recordings at once',
  sizes: { small: 2, usual: [50] },
  async measure(bench) {
    return [...(await withEncoding(bench, 'flac', { atMost: 0.1 })), ...(await withEncoding(bench, 'opus'))];
  },
};

async function withEncoding(bench: Bench, encoding: string, aim?: { atMost: number }): Promise<Row[]> {
  const settings = lawful();
  for (const policy of settings.policies) policy.encoding = encoding;
  const site = await laySite(bench, settings);
  const daemon = await startDaemon(bench, site);
  const patience = bench.size < 10 ? 2_000 : WATCHED_MS;
  await delay(Math.min(SETTLE_MS, patience));
  const [idleMb, ownMb] = [memoryOf(daemon.pid), memoryOf(daemon.pid, 'own')];
  const idle = await processorDuring(daemon.pid, patience / 2);
  const feed = await feedCalls(site, bench.size);
  const arriving = async () => (await readdir(site.at('state', 'vault', 'incoming'))).length === bench.size;
  await until('every call is being sealed', arriving, 60_000);
  await delay(Math.min(SETTLE_MS, patience));
  bench.tell(`${bench.size} calls are being recorded`);
  const busy = await processorDuring(daemon.pid, patience);
  const [mb, most] = [memoryOf(daemon.pid), memoryOf(daemon.pid, 'most')];
  await feed.hangUp();
  await listed(site, bench.size, 120_000);
  await daemon.stop();
  const share = (100 * (busy - idle)) / bench.size;
  const what = (text: string) => `${encoding}: ${text}`;
  return [
    alone({ what: what('processor for each recording'), value: share, unit: '% of one core' }, aim),
    alone({ what: what('processor with none'), value: 100 * idle, unit: '% of one core' }),
    alone(
      {
        what: what('memory with none'),
        value: idleMb,
        unit: 'MB',
        note: `${Math.round(ownMb)} MB without program files`,
      },
      { atMost: 120 },
    ),
    alone(
      {
        what: what('memory with all of them'),
        value: mb,
        unit: 'MB',
        note: `${Math.round(most)} MB at most`,
      },
      { atMost: 250 },
    ),
    compared({ what: what('memory with all of them'), value: mb, unit: 'MB' }, 'with none', idleMb),
  ];
}

/** Share of one core that a process and its children use, 0 … 1 and more. */
async function processorDuring(pid: number, ms: number): Promise<number> {
  const [before, began] = [processorOf(pid), performance.now()];
  await delay(ms);
  return (1000 * (processorOf(pid) - before)) / (performance.now() - began);
}

/** Calls that go on until they are hung up. */
async function feedCalls(site: DaemonSite, count: number) {
  const piece = speech(2).subarray(0, PIECE_BYTES);
  const calls: SpooledCall[] = [];
  for (let call = 0; call < count; call += 1) calls.push(await beginCall(site));
  let [at, stopped] = [0, false];
  const grow = async () => {
    while (!stopped) {
      await calls[at % count]?.capture(piece);
      at += 1;
      await delay(PIECE_MS / count);
    }
  };
  const growing = grow();
  return {
    async hangUp() {
      stopped = true;
      await growing;
      for (const call of calls) await call.hangUp();
    },
  };
}

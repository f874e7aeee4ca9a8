// One step of a load of calls: so many at once, each of the same length, with real voice in both directions, made by SIPp
// on the host, whose own processor is not counted: only that of the services on the box is.

import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { inBox, type LabInfo } from '../support/lab.ts';
import { TONES } from '../support/scene.ts';
import { sippPhone, startSipp } from '../support/sipp.ts';
import { type Samples, windowsWith } from '../support/tones.ts';
import { until } from '../support/until.ts';

export const PHONE_PORT = 5_300;
const CALLER_PORT = 5_310;
const RATE = 8_000;
const WINDOW_MS = 100;
/** As in test/support/outcome.ts: far above what a codec leaves of another tone. */
const FLOOR = 0.1;
const QUIET_MS = 3_000;
const VOICE = [{ hertz: TONES['201'], ms: 4_000 }];

export interface Step {
  /** Seconds of processor that the services of the box have used, each and together. */
  processorOf: Record<string, number>;
  processor: number;
  /** How busy the whole machine was, 0 … 1, with whatever. */
  busy: number;
  good: boolean;
  complaints: string;
}

/**
 * Makes the calls and returns when the last one has ended.
 * @param registered whether the phone has to log in first, as in the product
 * @param done waits for what is left to be done after the calls; it counts
 */
export async function oneStep(
  lab: LabInfo,
  calls: { count: number; line: string; ms: number },
  units: string[],
  registered: boolean,
  done: () => Promise<unknown>,
): Promise<Step> {
  const options = { scenario: 'phone' as const, port: PHONE_PORT, voice: VOICE };
  const phone = await (registered ? sippPhone(lab, '201', options) : startSipp(lab, options));
  try {
    const [before, machine] = [await processorOf(lab, units), ticksOf()];
    const rows = Array.from({ length: calls.count }, (_, at) => [
      calls.line,
      `06124${String(at).padStart(5, '0')}`,
      calls.ms,
    ]);
    const load = { scenario: 'caller' as const, port: CALLER_PORT, rows, atOnce: rows.length, perSecond: 5 };
    const { good, complaints } = await (await startSipp(lab, load)).ended;
    const after = ticksOf();
    await done();
    const used = await processorOf(lab, units);
    const each = units.map((unit, at): [string, number] => [unit, (used[at] ?? 0) - (before[at] ?? 0)]);
    const processor = each.reduce((sum, [, seconds]) => sum + seconds, 0);
    return {
      processorOf: Object.fromEntries(each),
      processor,
      busy: 1 - (after.idle - machine.idle) / (after.all - machine.all),
      good,
      complaints,
    };
  } finally {
    await phone.stop();
  }
}

/** Waits until a service that was started has done what it does after its start: that is no part of any call. */
export async function untilQuiet(lab: LabInfo, unit: string): Promise<void> {
  let [before = 0] = await processorOf(lab, [unit]);
  const isQuiet = async () => {
    await delay(QUIET_MS);
    const [now = 0] = await processorOf(lab, [unit]);
    const used = (1000 * (now - before)) / QUIET_MS;
    before = now;
    return used < 0.03;
  };
  await until(`${unit} is quiet`, isQuiet, 60_000);
}

/** Seconds of processor that each of these services of the box has used since it was started. */
async function processorOf(lab: LabInfo, units: string[]): Promise<number[]> {
  const said = await inBox(lab, 'systemctl', 'show', '--property=CPUUsageNSec', '--value', ...units);
  return said.split('\n').flatMap((value) => (value ? [(Number(value) || 0) / 1e9] : []));
}

function ticksOf(): { idle: number; all: number } {
  const [, ...ticks] = (readFileSync('/proc/stat', 'utf8').split('\n')[0] ?? '').split(/\s+/).map(Number);
  return { idle: (ticks[3] ?? 0) + (ticks[4] ?? 0), all: ticks.reduce((sum, one) => sum + (one || 0), 0) };
}

/** Windows of 100 ms in which a tone that goes on all the time is not heard; the first and the last two do not count. */
export function gapsIn(samples: Samples, hertz: number): number {
  const heard = new Set(windowsWith(samples, RATE, hertz, FLOOR).map(Math.round));
  const windows = Math.floor((samples.length / RATE) * (1000 / WINDOW_MS));
  let gaps = 0;
  for (let window = 2; window < windows - 2; window += 1) if (!heard.has(window * WINDOW_MS)) gaps += 1;
  return gaps;
}

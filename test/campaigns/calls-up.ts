// Calls that are up and recorded while something breaks, and whether what was recorded of them is whole.

import { inBox, type LabInfo } from '../support/lab.ts';
import { type ListedCall, until } from '../support/ledger.ts';
import { heardMs, outcomeOf } from '../support/outcome.ts';
import { TONES } from '../support/scene.ts';
import { type Sipp, sippPhone, startSipp } from '../support/sipp.ts';
import { caller } from './campaign.ts';

/** Recorded without exception, and connected four seconds after it is dialled. */
export const RECORDED_LINE = '+33123456711';

export interface CallsUp {
  /** Ends when the last caller has hung up. */
  ended: Sipp['ended'];
  /** Takes the phone away and, with them, callers that are still there. */
  clear(): Promise<void>;
  /** Ends phone and callers without a word to the box, which is gone itself. */
  vanish(): Promise<void>;
}

/**
 * Places calls and waits until each is being recorded.
 * @param lastsMs how long each caller stays, counted from when the line answers
 */
export async function callsUp(lab: LabInfo, lastsMs: number[]): Promise<CallsUp> {
  const voice = [{ hertz: TONES['201'], ms: 4_000 }];
  const phone = await sippPhone(lab, '201', { scenario: 'phone', port: 5_300, voice });
  const rows = lastsMs.map((ms, i) => [RECORDED_LINE, caller(i), ms]);
  const callers = await startSipp(lab, {
    scenario: 'caller',
    port: 5_310,
    rows,
    atOnce: rows.length,
    perSecond: 10,
  });
  const clear = async () => {
    await callers.stop();
    await phone.stop();
  };
  try {
    await until(
      'every call is being recorded',
      () => allRecording(lab, rows.length),
      20_000 + rows.length * 200,
    );
  } catch (error) {
    await clear();
    throw error;
  }
  const vanish = async () => {
    await callers.stop();
    await phone.vanish();
  };
  return { ended: callers.ended, clear, vanish };
}

/**
 * A call after Asterisk was started anew. Now and then it forgets the first registration of a phone then: it registers
 * again.
 */
export async function oneMoreCall(lab: LabInfo): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      // Long enough to be seen being recorded, however slowly a busy machine answers.
      const next = await callsUp(lab, [15_000]);
      await next.ended;
      return await next.clear();
    } catch (error) {
      if (tries === 3) throw error;
    }
  }
}

async function allRecording(lab: LabInfo, count: number): Promise<boolean> {
  const live = JSON.parse(await inBox(lab, 'greffier', 'calls', 'live', '--json')) as { state: string }[];
  return live.filter(({ state }) => state === 'recording').length === count;
}

export interface Kept {
  state: string;
  /** Length of the audio, and how long the two were connected by the call's record. */
  ms: number;
  spokenMs: number;
  /** How long each party's tone is heard on its own side. */
  outsideMs: number;
  insideMs: number;
}

/** Opens what was kept of a call, with the private key, and measures it. */
export async function keptOf(lab: LabInfo, { id }: ListedCall): Promise<Kept> {
  const { record, recording } = await outcomeOf(lab, id);
  if (!recording) throw new Error(`call ${id} was not recorded: ${record.reason}`);
  const { manifest, outside, inside } = recording;
  return {
    state: manifest.state,
    ms: manifest.audio.milliseconds,
    spokenMs: Date.parse(record.endedAt ?? '') - Date.parse(record.answeredAt ?? ''),
    outsideMs: heardMs(outside, 'outside'),
    insideMs: heardMs(inside, '201'),
  };
}

/** True when a recording lasts as long as the talk did, and both parties are heard all the time. */
export function isWhole({ ms, spokenMs, outsideMs, insideMs }: Kept): boolean {
  const lasts = Math.abs(ms - spokenMs) < Math.max(spokenMs * 0.02, 100);
  // Two windows of 100 ms: the first moment of each voice, and the last of the recording.
  return lasts && outsideMs >= ms * 0.97 - 200 && insideMs >= ms * 0.97 - 200;
}

/** How often the daemon says that it sealed each of the calls: once, or it was done twice. */
export async function timesSealed(lab: LabInfo, calls: ListedCall[]): Promise<number[]> {
  const journal = await inBox(
    lab,
    'journalctl',
    '-u',
    'greffier',
    '-o',
    'cat',
    '--no-pager',
    '--since',
    '-30min',
  );
  const lines = journal.split('\n').filter((line) => line.includes('recording sealed'));
  return calls.map(({ id }) => lines.filter((line) => line.includes(id)).length);
}

// A call that nobody makes and nobody answers: a caller and a phone, each with a tone of its own, so that what was
// recorded can be measured instead of believed.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { inBox, type LabInfo } from './lab.ts';
import { type Phone, startPhone } from './phone.ts';
import { toneWav } from './tones.ts';

export const OUTSIDE_HERTZ = 1004;
export const INSIDE_HERTZ = 440;

export interface CallOptions {
  /** As the carrier would present it. */
  did?: string;
  from?: string;
  displayName?: string;
  /** How long the two are connected. */
  talkMs?: number;
  /** Tone that the caller sends first, and for how many seconds: what is said before the end of the announcement. */
  before?: [hertz: number, seconds: number];
  /** Runs while the two are connected. */
  during?: () => Promise<void>;
  /** Key that the caller presses once the announcement plays. */
  press?: string;
}

export interface Talk {
  caller: Phone;
  phone: Phone;
  /** When the phone answered and when the caller hung up, in ms of this machine's clock. */
  connectedAt: number;
  endedAt: number;
  /** Removes what both heard. */
  forget(): Promise<void>;
}

/** Places one call from outside to a line and lets it last. The returned phones are stopped; what they heard is kept. */
export async function talk(lab: LabInfo, options: CallOptions = {}): Promise<Talk> {
  const { did = '+33123456701', from = '+33612345678', talkMs = 4_000 } = options;
  const tones = await mkdtemp(join(tmpdir(), 'tones-'));
  const [outside, inside] = [join(tones, 'outside.wav'), join(tones, 'inside.wav')];
  await writeFile(outside, toneWav([...(options.before ? [options.before] : []), [OUTSIDE_HERTZ, 200]]));
  await writeFile(inside, toneWav([[INSIDE_HERTZ, 200]]));
  const server = `${lab.trunk.host}:${lab.trunk.port}`;
  const [extension] = lab.extensions;
  if (!extension) throw new Error('the lab has no extension');
  const phone = await startPhone({
    port: 5070,
    user: extension.user,
    password: extension.password,
    server,
    speaks: inside,
    answers: 'auto',
  });
  const caller = await startPhone({
    port: 5080,
    user: from,
    server,
    speaks: outside,
    ...(options.displayName && { displayName: options.displayName }),
  });
  try {
    await caller.dial(`sip:${did}@${server}`);
    await caller.until('CALL_ESTABLISHED');
    if (options.press) await caller.press(options.press);
    await phone.until('CALL_ESTABLISHED', 60_000);
    const connectedAt = Date.now();
    await options.during?.();
    await delay(Math.max(0, connectedAt + talkMs - Date.now()));
    await caller.hangUp();
    const endedAt = Date.now();
    await phone.until('CALL_CLOSED');
    const forget = () => Promise.all([caller.forget(), phone.forget()]).then(() => {});
    return { caller, phone, connectedAt, endedAt, forget };
  } finally {
    await Promise.all([caller.stop(), phone.stop()]);
    await rm(tones, { recursive: true });
  }
}

interface ListedRecording {
  id: string;
  durationSeconds: number;
}

/** All recordings the lab lists, newest first. */
export async function listRecordings<T = ListedRecording>(lab: LabInfo): Promise<T[]> {
  return JSON.parse(await inBox(lab, 'greffier', 'recordings', 'list', '--json', '--limit', '1000')) as T[];
}

/** Waits until the lab lists a recording that is not among those known. Throws after the deadline. */
export async function newRecording(
  lab: LabInfo,
  known: string[],
  deadlineMs = 15_000,
): Promise<ListedRecording> {
  for (const end = Date.now() + deadlineMs; Date.now() < end; await delay(250)) {
    const found = (await listRecordings(lab)).find(({ id }) => !known.includes(id));
    if (found) return found;
  }
  throw new Error(`no new recording within ${deadlineMs} ms`);
}

/** One call from end to end: what `make up` closes with. */
export async function placeFictitiousCall(
  lab: LabInfo,
  report: (line: string) => void,
): Promise<{ recordingId: string; durationSeconds: number }> {
  const known = (await listRecordings(lab)).map(({ id }) => id);
  report('a caller dials +33123456701, hears the announcement, and talks for 4 s');
  const { forget } = await talk(lab);
  await forget();
  const { id, durationSeconds } = await newRecording(lab, known);
  report(`recorded and sealed: ${durationSeconds} s`);
  return { recordingId: id, durationSeconds };
}

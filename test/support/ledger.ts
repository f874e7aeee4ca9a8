// What the box says of its calls, asked as an auditor would: by its command line.

import { setTimeout as delay } from 'node:timers/promises';
import type { Drift } from '../../src/calls/drift.ts';
import type { CallRecord } from '../../src/calls/record.ts';
import { inBox, type LabInfo } from './lab.ts';

/** A line of `greffier calls list --json`. */
export interface ListedCall {
  id: string;
  arrived: string;
  direction: string;
  line: string;
  caller: string;
  /** Those who took part, in order. */
  extension: string;
  answered: boolean;
  disposition: string;
  recorded: boolean;
  reason: string;
}

export const SPOOL = '/var/spool/greffier';

/** A call that ended less than this ago is not counted by `greffier reconcile`. */
const COUNTED_MS = 31_000;

/** Waits until something is so; the deadline is the promise under test. Resolves to what was found. */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined | false>,
  deadlineMs: number,
): Promise<T> {
  for (const end = Date.now() + deadlineMs; ; await delay(200)) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > end) throw new Error(`not within ${deadlineMs} ms: ${what}`);
  }
}

/** Calls that came since that moment, oldest first. */
export async function callsSince(lab: LabInfo, since: Date): Promise<ListedCall[]> {
  const options = ['--json', '--limit', '100000', '--since', since.toISOString()];
  return (JSON.parse(await inBox(lab, 'greffier', 'calls', 'list', ...options)) as ListedCall[]).reverse();
}

/** Recordings whose audio began since that moment. */
export async function recordingsSince(
  lab: LabInfo,
  since: Date,
): Promise<{ id: string; startedAt: string; durationSeconds: number }[]> {
  const rows = JSON.parse(
    await inBox(lab, 'greffier', 'recordings', 'list', '--json', '--limit', '100000'),
  ) as { id: string; startedAt: string; durationSeconds: number }[];
  return rows.filter(({ startedAt }) => new Date(startedAt) >= since);
}

/** The record of a call. */
export async function recordOf(lab: LabInfo, id: string): Promise<CallRecord> {
  return JSON.parse(await inBox(lab, 'greffier', 'calls', 'show', id, '--json')) as CallRecord;
}

/** Codes of the alarms raised since that moment, but for those of how this lab is set up. */
export async function alarmsSince(lab: LabInfo, since: Date): Promise<string[]> {
  const { alarms } = JSON.parse(await inBox(lab, 'greffier', 'status', '--json')) as {
    alarms: { at: string; code: string }[];
  };
  return alarms.flatMap(({ at, code }) => (new Date(at) >= since && code !== 'group.no-key' ? [code] : []));
}

/** Names of the files in the spool. */
export async function spooled(lab: LabInfo): Promise<string[]> {
  return (await inBox(lab, 'ls', '-A', SPOOL)).split('\n').filter(Boolean);
}

/** Bytes of clear audio in the spool, by call. */
export async function capturedBytes(lab: LabInfo): Promise<Map<string, number>> {
  const sizes = await inBox(lab, 'find', SPOOL, '-name', '*.raw', '-printf', '%f %s\n');
  const pairs = sizes
    .split('\n')
    .filter(Boolean)
    .map((line) => line.split(' '));
  return new Map(pairs.map(([name = '', bytes]) => [name.replace('.raw', ''), Number(bytes)]));
}

/** Waits until every call is closed: nothing is left in the spool. Then gives the calls since that moment. */
export async function closed(lab: LabInfo, since: Date, deadlineMs = 30_000): Promise<ListedCall[]> {
  await until('the spool is empty', async () => (await spooled(lab)).length === 0, deadlineMs);
  return callsSince(lab, since);
}

/** Everything that `greffier reconcile` finds to differ since that moment, once it counts the last call. */
export async function driftsSince(lab: LabInfo, since: Date): Promise<Drift[]> {
  const ends = (await callsSince(lab, since)).at(-1);
  const last = ends ? new Date((await recordOf(lab, ends.id)).endedAt ?? ends.arrived).getTime() : 0;
  await until('the calls count', async () => Date.now() - last > COUNTED_MS, COUNTED_MS + 5_000);
  // It ends with 1 when anything differs: what it says is what counts.
  const command = `greffier reconcile --json --since ${since.toISOString()} || [ $? -eq 1 ]`;
  return (JSON.parse(await inBox(lab, 'sh', '-c', command)) as { drifts: Drift[] }).drifts;
}

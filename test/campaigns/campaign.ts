// What every campaign has in common: it makes a number of calls, says how far it is, and ends with a verdict that a
// person can read. The size is the only difference between `make test` and `make test-campaigns`.

import type { LabInfo } from '../support/lab.ts';
import { alarmsSince, driftsSince } from '../support/ledger.ts';

export interface Campaign {
  /** By which it is chosen. */
  id: string;
  /** What it shows, as a sentence. */
  name: string;
  /** What its size counts. */
  unit: 'calls' | 'seconds' | 'recordings' | 'sessions';
  /** Sizes in `make test`, and those that the issue asks for in `make test-campaigns`: one run for each. */
  sizes: { small: number[]; full: number[] };
  /** Codes of the alarms that belong to what it breaks; any other one is a failure. */
  raises?: string[];
  /** Makes its calls; asserts what must hold, and returns what was measured, in a few words. */
  run(t: Checks, lab: LabInfo, size: number, tell: Tell): Promise<string>;
}

/** What must hold, in the words of tap, which runs the small sizes. */
export interface Checks {
  ok(value: unknown, message: string): unknown;
  equal(one: unknown, other: unknown, message: string): unknown;
  same(one: unknown, other: unknown, message: string): unknown;
}

/** Runs a campaign of that size; no alarm is raised but those that belong to what it breaks. */
export async function runCampaign(
  { run, raises = [] }: Campaign,
  t: Checks,
  lab: LabInfo,
  size: number,
  tell: Tell,
): Promise<string> {
  const since = new Date();
  const measured = await run(t, lab, size, tell);
  const raised = (await alarmsSince(lab, since)).filter((code) => !raises.includes(code));
  t.same(raised, [], 'no alarm was raised');
  return measured;
}

/** Whatever a campaign is about, all accounts of the calls since that moment agree afterwards. */
export async function accountsAgree(t: Checks, lab: LabInfo, since: Date): Promise<void> {
  t.same(await driftsSince(lab, since), [], 'no account of the calls differs from another');
}

/** Says how far it is. */
export type Tell = (text: string) => void;

/** A caller's number of its own for each call of a campaign. */
export function caller(index: number): string {
  return `06123${String(index).padStart(5, '0')}`;
}

/** Tells of the calls that are done, as long as the work lasts. */
export async function watched<T>(
  work: Promise<T>,
  done: () => Promise<number>,
  size: number,
  tell: Tell,
): Promise<T> {
  const timer = setInterval(() => void done().then((count) => tell(`${count} of ${size}`)), 20_000);
  return work.finally(() => clearInterval(timer));
}

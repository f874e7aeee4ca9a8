// Clocks and counters: of the wall, and of what the kernel says of a process.

import { readdirSync, readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

/** Kernel ticks in a second (USER_HZ), the same on every machine that Linux runs on. */
const TICKS = 100;

/** How long some work takes, in seconds. */
export async function secondsOf(work: () => unknown): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

/** The value below which that share (0 … 1) of the values lies. */
export function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(sorted.length * share) - 1))] ?? Number.NaN;
}

export const median = (values: number[]) => quantile(values, 0.5);
export const p95 = (values: number[]) => quantile(values, 0.95);

/** Times some work so often, in ms each; `turn` counts from 0. */
export async function timesOf(turns: number, work: (turn: number) => unknown): Promise<number[]> {
  const times: number[] = [];
  for (let turn = 0; turn < turns; turn += 1) times.push(1000 * (await secondsOf(() => work(turn))));
  return times;
}

/** What of a process is in memory: now, at its most, or now without the files that it shares with other programs. */
const MEMORY = { now: /^VmRSS:\s+(\d+)/m, most: /^VmHWM:\s+(\d+)/m, own: /^RssAnon:\s+(\d+)/m };

/** Memory of a process in MB. */
export function memoryOf(pid: number, what: keyof typeof MEMORY = 'now'): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return (Number(MEMORY[what].exec(status)?.[1]) * 1024) / 1e6;
}

interface Stat {
  pid: number;
  parent: number;
  /** Seconds of processor of the process, and of its children that have ended. */
  own: number;
  ended: number;
}

function statOf(pid: number): Stat | undefined {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
  // The name of the program may have anything in it: what counts comes after it.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const at = (field: number) => Number(fields[field - 3]);
  return { pid, parent: at(4), own: (at(14) + at(15)) / TICKS, ended: (at(16) + at(17)) / TICKS };
}

/** Seconds of processor that a process has used so far, with all its descendants, those that have ended too. */
export function processorOf(pid: number): number {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => statOf(Number(name)) ?? []);
  const used = ({ pid, own, ended }: Stat): number =>
    all.filter(({ parent }) => parent === pid).reduce((sum, child) => sum + used(child), own + ended);
  const root = all.find((stat) => stat.pid === pid);
  return root ? used(root) : 0;
}

/** Seconds of processor that this process and its children that have ended have used so far. */
export function ownProcessor(): { own: number; children: number } {
  const stat = statOf(process.pid);
  return { own: stat?.own ?? 0, children: stat?.ended ?? 0 };
}

/** A generator of numbers between 0 and 1 that says the same each time (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

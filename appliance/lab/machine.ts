// Finding the running box among the host's processes. Nothing is written down: a note of process ids would be wrong
// after the first reboot of the box.
import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Lab } from './lab.ts';

export interface Machine {
  /** On the host: systemd-nspawn, and the loop that starts it again when the box reboots. */
  keepers: number[];
  /** The box's first process, as the host numbers it; missing while the box starts or reboots. */
  leader?: number;
}

/** The lab's machine if it runs. */
export function findMachine(lab: Lab): Machine | undefined {
  const pids = readdirSync('/proc').map(Number).filter(Boolean);
  const keepers = pids.filter((pid) => isKeeper(pid, lab));
  if (keepers.length === 0) return undefined;
  const leader = keepers.flatMap(childrenOf).find(isFirstProcess);
  return leader === undefined ? { keepers } : { keepers, leader };
}

function isKeeper(pid: number, lab: Lab): boolean {
  const [command = '', ...args] = read(`/proc/${pid}/cmdline`).split('\0');
  return ['sh', 'systemd-nspawn'].includes(basename(command)) && args.includes(`--machine=${lab.machine}`);
}

function childrenOf(pid: number): number[] {
  return read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number);
}

/** Whether a process is number 1 in its own process namespace. */
function isFirstProcess(pid: number): boolean {
  return /^NSpid:.*\t1$/m.test(read(`/proc/${pid}/status`));
}

// A process may end between two looks; then it is simply not ours.
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

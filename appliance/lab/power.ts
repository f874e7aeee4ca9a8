// The box's power button and its plug; for tests that reboot it.
import { bootMachine } from './boot.ts';
import { cutDisk, isMounted, mountDisk, unmountDisk } from './disk.ts';
import type { Lab } from './lab.ts';
import { findMachine } from './machine.ts';
import { connectNetwork } from './network.ts';
import { Problem } from './problem.ts';
import { until } from './until.ts';

// What systemd takes for "power off" from the host: SIGRTMIN+4.
const powerOffSignal = 38;

/** Shuts the box down in order, as its power button would. */
export async function shutDown(lab: Lab): Promise<void> {
  const { leader } = findMachine(lab) ?? {};
  if (leader !== undefined) process.kill(leader, powerOffSignal);
  if (!(await hasStopped(lab, 60_000))) await kill(lab);
  await unmountDisk(lab);
}

/** Pulls the plug: the disk keeps only what was flushed to it, and every process ends at once. */
export async function powerOff(lab: Lab): Promise<void> {
  if (await isMounted(lab)) await cutDisk(lab);
  await kill(lab);
  await unmountDisk(lab);
}

/** Boots the box again on its disk; returns systemd's verdict: running, degraded … */
export async function boot(lab: Lab): Promise<string> {
  await mountDisk(lab);
  await connectNetwork(lab);
  return bootMachine(lab);
}

/** Ends every process of the box at once and waits until they are gone. */
export async function kill(lab: Lab): Promise<void> {
  const began = performance.now();
  const gone = async () => {
    const machine = findMachine(lab);
    if (machine === undefined) return true;
    // With its first process the kernel ends all of the box, and nspawn, told so, tidies up and ends by itself.
    if (machine.leader !== undefined) end(machine.leader);
    else if (performance.now() - began > 5000) machine.keepers.forEach(end);
    return undefined;
  };
  if (await until(gone, 20_000)) return;
  throw new Problem(
    `the processes of ${lab.machine} do not end`,
    'see what they wait for: ps ax -o pid,stat,wchan,args',
  );
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function hasStopped(lab: Lab, deadline: number): Promise<boolean> {
  return (await until(async () => (findMachine(lab) === undefined ? true : undefined), deadline)) ?? false;
}

// `make down`: removes a lab, whole or half-built. What is not there is passed over; the cache stays.
import { existsSync, readdirSync } from 'node:fs';
import { rmdir } from 'node:fs/promises';
import { removeControlGroups } from './control-groups.ts';
import { removeState, unmountDisk } from './disk.ts';
import { cacheFolder, hasState, type Lab, openLab, statesFolder, twinOf } from './lab.ts';
import { lock } from './lock.ts';
import { findMachine } from './machine.ts';
import { disconnectNetwork, isConnected } from './network.ts';
import { kill } from './power.ts';
import { checkRoot } from './preflight.ts';
import { runAsCommand } from './problem.ts';
import { steps } from './steps.ts';

/** Whether any trace of this lab is on the host. */
export async function isThere(lab: Lab): Promise<boolean> {
  return hasState(lab) || findMachine(lab) !== undefined || (await isConnected(lab));
}

/** Removes a lab with all of its recordings. */
export async function down(lab: Lab): Promise<void> {
  const step = steps(3);
  await step('stopping the box', async () => {
    await kill(lab);
    removeControlGroups(lab);
    return undefined;
  });
  await step('disconnecting it', async () => void (await disconnectNetwork(lab)));
  await step('removing its disk and its keys', async () => {
    await unmountDisk(lab);
    await removeState(lab);
    if (existsSync(statesFolder) && readdirSync(statesFolder).length === 0) await rmdir(statesFolder);
    return undefined;
  });
}

if (import.meta.main) {
  await runAsCommand(async () => {
    checkRoot();
    const lab = openLab();
    await lock(`lab ${lab.name}`);
    if (!(await isThere(lab))) process.stdout.write(`there is no lab "${lab.name}" on this machine\n`);
    else await down(lab);
    const twin = openLab(twinOf(lab.name));
    if (await isThere(twin)) await down(twin);
    if (existsSync(cacheFolder))
      process.stdout.write(`the cache ${cacheFolder} stays; to remove it: make clean-cache\n`);
  });
}

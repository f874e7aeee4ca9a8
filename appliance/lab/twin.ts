// A twin of a provisioned lab, for tests: the same disk, addresses and keys, in a network of its own in which the host's
// side of the cable lies as well. Two files of tests can then be run at a time, each with a box to itself.
//   nsenter --net=/run/netns/<machine>-host …   is how a command comes to the twin's side of the host
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { down, isThere } from './down.ts';
import { type Lab, openLab, twinOf } from './lab.ts';
import { findMachine } from './machine.ts';
import { twinSide } from './network.ts';
import { boot, shutDown } from './power.ts';
import { Problem, runAsCommand } from './problem.ts';
import { run, runLeashed } from './run.ts';
import { steps } from './steps.ts';

/** The words to put before a command that shall see the twin where its original is seen otherwise. */
export function besideTwin(lab: Lab): string[] {
  return ['nsenter', `--net=${twinSide(lab)}`, '--'];
}

/** Makes the twin of a lab that is up, anew if there was one; the original is shut down meanwhile and booted again. */
export async function makeTwin(lab: Lab): Promise<Lab> {
  const step = steps(4);
  const name = twinOf(lab.name);
  if (await isThere(openLab(name))) await down(openLab(name));
  await step('shutting the box down', async () => void (await shutDown(lab)));
  await step('copying its disk and keys', () => copyState(lab, openLab(name)));
  await step('booting the box', async () => boot(lab));
  const twin = openLab(name);
  await step('booting its twin', async () => {
    if (!existsSync(twinSide(twin))) await run('ip', ['netns', 'add', `${twin.machine}-host`]);
    const [command = '', ...before] = besideTwin(twin);
    await run(command, [...before, process.execPath, import.meta.filename], {
      env: { GREFFIER_LAB: twin.name },
    });
    return undefined;
  });
  return twin;
}

async function copyState(lab: Lab, twin: Lab): Promise<undefined> {
  await mkdir(twin.state, { mode: 0o700 });
  const parts = ['disk.img', 'keys', 'lab.json'].map((part) => `${lab.state}/${part}`);
  await runLeashed('cp', ['--recursive', '--sparse=always', '--reflink=auto', '-t', twin.state, ...parts]);
}

// On the twin's own side of the host.
if (import.meta.main) {
  await runAsCommand(async () => {
    const twin = openLab();
    if (findMachine(twin)) throw new Problem(`${twin.machine} runs already`, 'run: make down');
    await run('ip', ['link', 'set', 'lo', 'up']);
    const state = await boot(twin);
    if (state !== 'running')
      throw new Problem(`the twin came up "${state}"`, `see ${twin.state}/console.log`);
  });
}

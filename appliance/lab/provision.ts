// Runs the playbook on the box itself, as `vagrant up` does on its own machine.
import { createWriteStream } from 'node:fs';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { followAnsible } from './ansible-progress.ts';
import { failedUnits, settle } from './boot.ts';
import { publicKeyInBox } from './company.ts';
import { demoKeyPaths, keyHolders } from './demo-keys.ts';
import { entrance, inLab } from './in-lab.ts';
import type { Lab } from './lab.ts';
import { whileLocked } from './lock.ts';
import { remember } from './memo.ts';
import { Problem } from './problem.ts';
import { run } from './run.ts';
import { siteVars } from './site-vars.ts';
import { type Report, seconds } from './steps.ts';

const unit = 'lab-provision';

const playbook = ['ansible-playbook', '-i', 'localhost,', '-c', 'local', '/srv/greffier/ansible/site.yml'];

// Ansible's own folder is the working directory, so that it finds its settings there.
const asUnit = [
  'systemd-run',
  '--quiet',
  '--pipe',
  '--wait',
  '--collect',
  `--unit=${unit}`,
  '--working-directory=/srv/greffier/ansible',
  '--setenv=HOME=/root',
  '--setenv=LANG=C.UTF-8',
  '--setenv=ANSIBLE_NOCOLOR=1',
  '--setenv=ANSIBLE_PIPELINING=1',
  '--setenv=PYTHONUNBUFFERED=1',
];

/** The step of `make up`: provisions the box and sees that all of its services are well. */
export async function provisionStep(lab: Lab, report: Report): Promise<string> {
  // Boxes share the folder of downloaded packages, and apt locks it: one at a time.
  const changed = await whileLocked(
    'cache',
    (holder) => report.line(`waiting for process ${holder}, which works on the cache`),
    () => provision(lab, report),
  );
  if ((await settle(lab)) !== 'running') {
    throw new Problem(
      `failed on the box: ${await failedUnits(lab)}`,
      'look around: make shell, then journalctl -b',
    );
  }
  remember(lab.state, { provisioned: true });
  return `${changed} changed`;
}

/** Runs the playbook once; returns how many tasks changed something. `extra` overrides variables of the site. */
export async function provision(
  lab: Lab,
  report: Report,
  extra: Record<string, unknown> = {},
): Promise<number> {
  await handOver(lab, extra);
  await clearInterruptedRun(lab);
  const log = createWriteStream(join(lab.state, 'provision.log'), { mode: 0o600 });
  const began = performance.now();
  const follower = followAnsible(report.now);
  const onLine = (line: string) => {
    // The log tells when each task began, so that a slow one can be found.
    if (/^(TASK|RUNNING HANDLER) /.test(line)) log.write(`after ${seconds(began)}:\n`);
    log.write(`${line}\n`);
    follower.read(line);
  };
  const [command = '', ...args] = [
    ...entrance(lab.name),
    ...asUnit,
    ...playbook,
    '-e',
    '@/root/site-vars.json',
  ];
  try {
    await run(command, args, { onLine });
  } catch {
    throw await failure(lab, follower.progress.task);
  } finally {
    log.end();
  }
  await inLab(lab.name, ['sync']);
  return follower.progress.changed ?? 0;
}

async function handOver(lab: Lab, extra: Record<string, unknown>): Promise<void> {
  const file = join(lab.state, 'site-vars.json');
  await writeFile(file, `${JSON.stringify({ ...siteVars(lab), ...extra }, null, 2)}\n`);
  await copyFile(file, join(lab.root, 'root/site-vars.json'));
  for (const holder of keyHolders)
    await copyFile(demoKeyPaths(lab, holder).publicKey, join(lab.root, publicKeyInBox(holder)));
}

// A run whose `make up` was killed goes on inside the box, and may leave dpkg halfway.
async function clearInterruptedRun(lab: Lab): Promise<void> {
  await inLab(lab.name, ['systemctl', 'stop', `${unit}.service`], { reject: false });
  await inLab(lab.name, ['dpkg', '--configure', '-a'], { env: { DEBIAN_FRONTEND: 'noninteractive' } });
}

async function failure(lab: Lab, task: string): Promise<Problem> {
  const log = join(lab.state, 'provision.log');
  const tail = (await readFile(log, 'utf8')).trimEnd().split('\n').slice(-25).join('\n    ');
  return new Problem(`provisioning failed at "${task}":\n    ${tail}`, `the whole output is in ${log}`);
}

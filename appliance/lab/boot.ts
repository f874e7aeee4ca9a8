// Starting the box: systemd as its first process, in a container of its own network and on its own disk.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { makeControlGroups } from './control-groups.ts';
import { inLab } from './in-lab.ts';
import { type Lab, repository } from './lab.ts';
import { findMachine } from './machine.ts';
import { namespaceFile } from './network.ts';
import { Problem } from './problem.ts';
import { run, succeeds } from './run.ts';
import { until } from './until.ts';

const patience = 120_000;

/** The step of `make up`: a box that starts must come up whole; one that ran already may be what we are here to mend. */
export async function bringUp(lab: Lab): Promise<string | undefined> {
  const wasUp = findMachine(lab) !== undefined;
  const state = await bootMachine(lab);
  if (state === 'running') return wasUp ? 'already up' : undefined;
  if (state === 'degraded') return `${wasUp ? 'already up' : 'up'}, but failed: ${await failedUnits(lab)}`;
  throw new Problem(`the box came up "${state}"`, `see ${consoleLog(lab)}`);
}

/** Boots the box unless it runs; returns systemd's verdict once it has settled: running, degraded … */
export async function bootMachine(lab: Lab): Promise<string> {
  if (findMachine(lab) === undefined) await start(lab);
  return settle(lab);
}

/** Waits until the box's systemd has no more to start; returns its verdict: running, degraded … */
export async function settle(lab: Lab): Promise<string> {
  let lastSeen = performance.now();
  const ask = async () => {
    // While the box reboots it is not to be seen for a moment.
    if (findMachine(lab)) lastSeen = performance.now();
    else return performance.now() - lastSeen > 3000 ? 'dead' : undefined;
    const { stdout } = await inLab(lab.name, ['systemctl', 'is-system-running', '--wait'], {
      reject: false,
      timeout: patience,
    });
    // No word means that systemd does not answer yet, or no more.
    return ['', 'offline', 'stopping'].includes(stdout) ? undefined : stdout;
  };
  return (await until(ask, patience)) ?? 'silent';
}

/** The units of the box that failed, in words. */
export async function failedUnits(lab: Lab): Promise<string> {
  const { stdout } = await inLab(
    lab.name,
    ['systemctl', 'list-units', '--failed', '--plain', '--no-legend'],
    {
      reject: false,
    },
  );
  const names = stdout.split('\n').map((line) => line.split(' ')[0]);
  return names.filter(Boolean).join(', ') || 'no unit is to blame';
}

export function consoleLog(lab: Lab): string {
  return join(lab.state, 'console.log');
}

async function start(lab: Lab): Promise<void> {
  const archives = join(lab.cache, 'archives');
  mkdirSync(archives, { recursive: true });
  if (existsSync('/run/systemd/system')) return startAsUnit(lab, archives);
  const log = openSync(consoleLog(lab), 'w', 0o600);
  const child = spawn('sh', ['-c', untilPowerOff, 'sh', ...nspawnArguments(lab, archives)], {
    cwd: '/',
    detached: true,
    env: {
      PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
      GROUPS_OF_BOX: makeControlGroups(lab).join(' '),
      ...environment,
    },
    stdio: ['ignore', log, log],
  });
  child.unref();
}

// With --keep-unit nspawn does not boot the box again by itself when it reboots: it exits with 133 and leaves that to
// whoever started it.
const rebooting = 133;
const joinGroups = 'for group in $GROUPS_OF_BOX; do echo 0 > "$group/cgroup.procs"; done';
const untilPowerOff = `while (${joinGroups}; exec systemd-nspawn "$@"); [ $? -eq ${rebooting} ]; do :; done`;

// A login session's scope may not hold a machine, and ends with the session: under systemd the box gets its own unit.
async function startAsUnit(lab: Lab, archives: string): Promise<void> {
  await succeeds('systemctl', ['reset-failed', `${unitName(lab)}.service`]);
  await run('systemd-run', [
    '--quiet',
    '--collect',
    `--unit=${unitName(lab)}`,
    '--property=Delegate=yes',
    '--property=KillMode=mixed',
    '--property=TasksMax=16384',
    `--property=RestartForceExitStatus=${rebooting}`,
    `--property=SuccessExitStatus=${rebooting}`,
    `--property=StandardOutput=append:${consoleLog(lab)}`,
    `--property=StandardError=append:${consoleLog(lab)}`,
    ...Object.entries(environment).map(([key, value]) => `--setenv=${key}=${value}`),
    'systemd-nspawn',
    ...nspawnArguments(lab, archives),
  ]);
}

// The systemd of forky knows cgroup v2 only; nspawn must be told on a host that still has v1.
const environment = { SYSTEMD_NSPAWN_UNIFIED_HIERARCHY: '1' };

function unitName(lab: Lab): string {
  return `greffier-lab-${lab.name}`;
}

function nspawnArguments(lab: Lab, archives: string): string[] {
  return [
    '--boot',
    '--quiet',
    `--machine=${lab.machine}`,
    `--directory=${lab.root}`,
    `--network-namespace-path=${namespaceFile(lab)}`,
    // The box runs its own firewall.
    '--capability=CAP_NET_ADMIN',
    '--register=no',
    '--keep-unit',
    '--console=pipe',
    '--resolv-conf=off',
    '--timezone=off',
    '--link-journal=no',
    `--bind-ro=${escaped(repository)}:/srv/greffier`,
    `--bind=${escaped(archives)}:/var/cache/apt/archives`,
  ];
}

function escaped(path: string): string {
  return path.replaceAll(':', '\\:');
}

// The box's disk: a raw ext4 image in a file, so that a test may search all that was ever written, and pull the plug.
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { basePath } from './base-image.ts';
import { httpProxy, type Lab } from './lab.ts';
import { nameServers } from './name-servers.ts';
import { Problem } from './problem.ts';
import { run, runLeashed, succeeds } from './run.ts';
import { until } from './until.ts';

/** Gives the box a disk of its own, copied from the base image, unless it has one. */
export async function provideDisk(lab: Lab): Promise<string | undefined> {
  const existed = existsSync(lab.disk);
  if (!existed) {
    const fresh = `${lab.disk}.tmp`;
    await runLeashed('cp', ['--sparse=always', '--reflink=auto', basePath(lab), fresh]);
    await rename(fresh, lab.disk);
  }
  await mountDisk(lab);
  await writeIdentity(lab);
  return existed ? 'kept' : undefined;
}

/** Mounts the disk, after letting its journal settle if the plug was pulled. */
export async function mountDisk(lab: Lab): Promise<void> {
  if (await isMounted(lab)) return;
  const check = await execa('e2fsck', ['-p', lab.disk], { reject: false, stdin: 'ignore' });
  if ((check.exitCode ?? 8) > 1) {
    throw new Problem(
      `the disk ${lab.disk} is damaged: ${check.stdout.trim()}`,
      'run: make down, then make up',
    );
  }
  await mkdir(lab.root, { recursive: true });
  await run('mount', ['-o', 'loop,noatime', lab.disk, lab.root]);
}

/** Unmounts the disk; its loop device goes with it. */
export async function unmountDisk(lab: Lab): Promise<void> {
  // Whoever looks into the box just now (a command sent into it) is given a moment to end.
  const gone = async () => !(await isMounted(lab)) || (await succeeds('umount', [lab.root])) || undefined;
  if (await until(gone, 15_000)) return;
  throw new Problem(`${lab.root} is busy and cannot be unmounted`, `see who uses it: fuser -vm ${lab.root}`);
}

/** Removes everything that this lab keeps on the host's disk. */
export async function removeState(lab: Lab): Promise<void> {
  await rm(lab.state, { recursive: true, force: true });
}

export function isMounted(lab: Lab): Promise<boolean> {
  return succeeds('mountpoint', ['--quiet', lab.root]);
}

/** Cuts the disk off at this instant: what was not yet flushed is lost, as in a power cut. */
export async function cutDisk(lab: Lab): Promise<void> {
  // FS_IOC_SHUTDOWN with the flag "do not even flush the journal"; perl is essential on Debian and has ioctl.
  const script = 'open F, "<", shift or die $!; my $flag = pack "L", 2; ioctl F, 0x8004587d, $flag or die $!';
  await run('perl', ['-e', script, lab.root]);
}

async function writeIdentity(lab: Lab): Promise<void> {
  const machineId = join(lab.root, 'etc/machine-id');
  // An identity of its own, else systemd takes the first boot for a factory reset and enables every service.
  if (!(await succeeds('test', ['-s', machineId]))) {
    await writeFile(machineId, `${randomBytes(16).toString('hex')}\n`);
  }
  await writeFile(join(lab.root, 'etc/hostname'), `${lab.machine}\n`);
  await writeFile(join(lab.root, 'etc/hosts'), `127.0.0.1 localhost\n127.0.1.1 ${lab.machine}\n`);
  const servers = nameServers().map((address) => `nameserver ${address}\n`);
  await writeFile(join(lab.root, 'etc/resolv.conf'), servers.join(''));
  const proxy = httpProxy ? `Acquire::http::Proxy "${httpProxy}";\n` : '';
  await writeFile(join(lab.root, 'etc/apt/apt.conf.d/90lab-proxy'), proxy);
}

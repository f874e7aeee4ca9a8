// The base system of every box: a minimal Debian with systemd and Ansible, as an ext4 image. Built once, kept in the
// cache under a name that says what went into it.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { httpProxy, type Lab } from './lab.ts';
import { whileLocked } from './lock.ts';
import { inTheBox, suite } from './packages.ts';
import { runLeashed } from './run.ts';
import type { Report } from './steps.ts';

const diskSize = '8G';

// What a container has no use for, or what would take apt's lock while Ansible is at work.
const masked = [
  'apt-daily.timer',
  'apt-daily-upgrade.timer',
  'console-getty.service',
  'getty@tty1.service',
  'e2scrub_all.timer',
  'fstrim.timer',
];

// The copy of forky that mirrors carry may be past its date. Downloads are kept: the next box takes them from the cache.
const aptSettings = ['Acquire::Check-Valid-Until "false"', 'APT::Keep-Downloaded-Packages "true"'];

// A lab is made often: packages are unpacked without a flush for each file; provisioning ends with one flush of it all.
const dpkgSettings = ['force-unsafe-io'];

/** Where the base image of this recipe lies in the cache. */
export function basePath(lab: Lab): string {
  const recipe = JSON.stringify([
    inTheBox,
    suite,
    process.arch,
    lab.mirror,
    diskSize,
    masked,
    aptSettings,
    dpkgSettings,
  ]);
  const key = createHash('sha256').update(recipe).digest('hex').slice(0, 12);
  return join(lab.cache, `base-${suite}-${process.arch}-${key}.img`);
}

/** Whether the base system needs no building. */
export function isBaseCached(lab: Lab): boolean {
  return existsSync(basePath(lab));
}

/** Makes sure that the base image is in the cache. */
export function provideBase(lab: Lab, report: Report): Promise<string | undefined> {
  return whileLocked(
    'cache',
    (holder) => report.line(`waiting for process ${holder}, which works on the cache`),
    async () => (isBaseCached(lab) ? 'cached' : buildBase(lab, report)),
  );
}

async function buildBase(lab: Lab, report: Report): Promise<undefined> {
  await mkdir(lab.cache, { recursive: true });
  await removeLeftovers(lab.cache);
  const folder = join(lab.cache, 'building-root');
  const image = join(lab.cache, 'building.img');
  report.line(`Debian ${suite} from ${lab.mirror}`);
  await runLeashed('mmdebstrap', [
    '--quiet',
    '--mode=root',
    '--variant=minbase',
    // The package lists stay, so that a box can install without fetching them first.
    '--skip=cleanup/apt/lists',
    `--include=${inTheBox.join(',')}`,
    ...[...aptSettings, ...proxySetting()].map((setting) => `--aptopt=${setting}`),
    ...dpkgSettings.map((setting) => `--dpkgopt=${setting}`),
    suite,
    folder,
    lab.mirror,
  ]);
  await runLeashed('systemctl', [`--root=${folder}`, 'mask', ...masked]);
  await writeFile(join(folder, 'etc/machine-id'), '');
  report.line('writing its disk image');
  await runLeashed('mkfs.ext4', ['-q', '-F', '-L', 'greffier', '-d', folder, image, diskSize]);
  await rename(image, basePath(lab));
  await removeLeftovers(lab.cache);
}

function proxySetting(): string[] {
  return httpProxy ? [`Acquire::http::Proxy "${httpProxy}"`] : [];
}

/** Removes what an interrupted build left; its processes died with it. */
async function removeLeftovers(cache: string): Promise<void> {
  const names = (await readdir(cache)).filter((name) => name.startsWith('building'));
  for (const name of names) await rm(join(cache, name), { recursive: true, force: true });
}

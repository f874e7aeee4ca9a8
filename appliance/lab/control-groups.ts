// A box's control groups, on a host that systemd does not run: there nobody gives nspawn a place of its own, and all boxes
// would lie in the same one. Services of the same name would share a group then, and what is killed in one box would be
// killed in all.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Lab } from './lab.ts';

/** Those that systemd goes by: version 2 and, on a host that has both versions, the one that is named after it. */
function hierarchies(): string[] {
  return readFileSync('/proc/self/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' '))
    .filter(([, , type, options = '']) => type === 'cgroup2' || options.split(',').includes('name=systemd'))
    .map(([, folder = '']) => folder);
}

const ofLab = (lab: Lab) => hierarchies().map((folder) => join(folder, lab.machine));

/** Makes them; returns their folders. */
export function makeControlGroups(lab: Lab): string[] {
  const folders = ofLab(lab);
  for (const folder of folders) mkdirSync(folder, { recursive: true });
  return folders;
}

/** Removes them, once the box has ended. */
export function removeControlGroups(lab: Lab): void {
  for (const folder of ofLab(lab)) if (existsSync(folder)) removeWithin(folder);
}

/** Their files are the kernel's, and go with their folder. */
function removeWithin(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true }))
    if (entry.isDirectory()) removeWithin(join(folder, entry.name));
  rmdirSync(folder);
}

// What a lab is called and where its parts lie. The only place of the lab that reads the environment:
//   GREFFIER_LAB         its name (demo)
//   GREFFIER_LAB_STATE   folder that holds one folder a lab (/var/lib/greffier-lab)
//   GREFFIER_LAB_CACHE   folder of the base system and the downloaded packages (/var/cache/greffier-lab)
//   GREFFIER_LAB_SUBNET  first three numbers of its /24, when the usual one is taken (10.87.1)
//   GREFFIER_LAB_MIRROR  Debian mirror, plain http (http://deb.debian.org/debian)
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readMemo } from './memo.ts';
import { Problem } from './problem.ts';
import { chooseSubnet } from './subnet.ts';

export interface Lab {
  name: string;
  /** First three numbers of the lab's /24. */
  subnet: string;
  hostAddress: string;
  boxAddress: string;
  /** Folder that holds all of this lab. */
  state: string;
  /** The box's raw disk, and where it is mounted while the lab is up. */
  disk: string;
  root: string;
  keys: string;
  cache: string;
  mirror: string;
  /** Name of the network namespace, of the nftables table and of the machine. */
  machine: string;
  /** The two ends of the cable between host and box; the second one is called host0 inside. */
  hostLink: string;
}

/** The repository, which the box sees read-only at /srv/greffier. */
export const repository = resolve(import.meta.dirname, '../..');

export const statesFolder = process.env.GREFFIER_LAB_STATE || '/var/lib/greffier-lab';
export const cacheFolder = process.env.GREFFIER_LAB_CACHE || '/var/cache/greffier-lab';

/** The host's web proxy for package downloads, if it has one. */
export const httpProxy = process.env.http_proxy || process.env.HTTP_PROXY || undefined;

/** Works out a lab's names and places; nothing is made or changed. */
export function openLab(name = process.env.GREFFIER_LAB || 'demo'): Lab {
  if (!/^[a-z][a-z0-9]{0,9}$/.test(name)) {
    throw new Problem(
      `lab name "${name}" cannot be used`,
      'use at most 10 small letters and digits, such as GREFFIER_LAB=demo',
    );
  }
  const state = join(statesFolder, name);
  const subnet = chooseSubnet(name, statesFolder, readMemo(state).subnet, process.env.GREFFIER_LAB_SUBNET);
  return {
    name,
    subnet,
    hostAddress: `${subnet}.1`,
    boxAddress: `${subnet}.2`,
    state,
    disk: join(state, 'disk.img'),
    root: join(state, 'root'),
    keys: join(state, 'keys'),
    cache: cacheFolder,
    mirror: process.env.GREFFIER_LAB_MIRROR || 'http://deb.debian.org/debian',
    machine: `greffier-${name}`,
    hostLink: `grf-${name}`,
  };
}

/** Whether anything of this lab lies on the host's disk. */
export function hasState(lab: Lab): boolean {
  return existsSync(lab.state);
}

/** What the twin of a lab is called (twin.ts). */
export function twinOf(name: string): string {
  return `${name.slice(0, 6)}twin`;
}

// A place that backups go to: a folder on another disk or on a share. It carries a mark, as the vault does: a share that
// was not mounted leaves an empty folder, and what was written there would fill the wrong disk.
//
//   greffier-backup.json     which target this is
//   bodies/2026/11/22/<id>/  body.pgp  details.pgp  manifest.json  manifest.json.asc: nothing that opens them
//   tombstones/ reencrypted/ as in the vault; they only ever grow
//   sets/<UTC time>/         headers, holds, records of calls, the sealed state: sets.ts
//   incoming/                being written; nothing in it counts

import { randomUUID } from 'node:crypto';
import { lstat, mkdir, readdir, realpath, rm, statfs } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { GreffierError, reasonOf } from '../shared/errors.ts';
import { makeFolder, readIfThere, writeDurably } from '../shared/files.ts';
import { absent } from '../vault/days.ts';
import { shredTree } from './shred.ts';

const MARK = 'greffier-backup.json';
const FORMAT = 'greffier-backup-1';
/** What a fresh file system has of its own. */
const OF_THE_DISK = ['lost+found'];

export interface Target {
  id: string;
  folder: string;
  at(...names: string[]): string;
  /** Throws `backup-missing` when it is not there any more. */
  insist(): Promise<void>;
  /**
   * Throws `bad-target` when a link leads from there out of the target: whoever may write on a share must not choose what is
   * overwritten on this machine. Of what is not there, the nearest folder above counts.
   */
  insistInside(path: string): Promise<void>;
  freeBytes(): Promise<number>;
}

/** Makes a target of an empty folder; one that is a target already stays what it is. Throws `target-in-use`. */
export async function beginTarget(folder: string): Promise<Target> {
  if ((await idOf(folder)) === undefined) {
    const names = (await readdir(folder).catch(absent))?.filter((name) => !OF_THE_DISK.includes(name));
    if (!names) throw missing(folder);
    if (names.length > 0) {
      throw new GreffierError('target-in-use', `${folder} is not empty: ${names.slice(0, 3).join(', ')}`, {
        hint: 'make a folder of its own for the backups there',
      });
    }
    await writeDurably(join(folder, MARK), `${JSON.stringify({ format: FORMAT, id: randomUUID() })}\n`);
  }
  return openTarget(folder);
}

/** The target in a folder. Throws `backup-missing` when there is none. */
export async function openTarget(folder: string): Promise<Target> {
  const id = await idOf(folder);
  if (id === undefined) throw missing(folder);
  const at = (...names: string[]) => join(folder, ...names);
  return {
    id,
    folder,
    at,
    async insist() {
      if ((await idOf(folder)) !== id) throw missing(folder);
    },
    async insistInside(path) {
      const there = await nearest(path);
      const expected = join(await realpath(folder), relative(folder, there));
      if ((await realpath(there).catch(absent)) === expected) return;
      throw new GreffierError('bad-target', `${there} is a link`, {
        hint: 'somebody has changed the target: look at who may write there',
      });
    },
    async freeBytes() {
      const { bavail, bsize } = await statfs(folder);
      return bavail * bsize;
    },
  };
}

/** Takes away what a run that was killed has left half written. There may be headers in it. */
export async function clearIncoming(target: Target): Promise<void> {
  await target.insist();
  for (const name of ['bodies', 'tombstones', 'reencrypted', 'sets', 'incoming'])
    await target.insistInside(target.at(name));
  await shredTree(target.at('incoming'));
  await makeFolder(target.at('incoming'));
}

/** An empty folder to write into, seen by nobody. */
export async function incomingFolder(target: Target, name: string): Promise<string> {
  await target.insist();
  const folder = target.at('incoming', name);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return folder;
}

async function nearest(path: string): Promise<string> {
  return (await lstat(path).catch(absent)) ? path : nearest(dirname(path));
}

async function idOf(folder: string): Promise<string | undefined> {
  const text = await readIfThere(join(folder, MARK));
  if (text === undefined) return undefined;
  try {
    const { format, id } = JSON.parse(text);
    if (format !== FORMAT) throw new Error(`unknown format ${String(format).slice(0, 40)}`);
    return String(id);
  } catch (cause) {
    throw new GreffierError('bad-target', `${join(folder, MARK)} cannot be used: ${reasonOf(cause)}`, {
      cause,
    });
  }
}

function missing(folder: string): GreffierError {
  return new GreffierError('backup-missing', `there is no backup target in ${folder}`, {
    hint: `mount its disk or share: findmnt ${folder}; a new one is made with greffier backup init`,
    status: 503,
  });
}

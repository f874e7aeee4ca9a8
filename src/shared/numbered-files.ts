// Things that are few, are kept long and are spoken of by number: one JSON file each, named by the year and a number that
// is never given twice. Every change is made on what lies on disk, under one lock, and is durable when it returns.

import { link, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type GreffierError, isMissing, reasonOf } from './errors.ts';
import { makeFolder, readIfThere, syncFolder, writeDurably, writeFlushed } from './files.ts';
import { whileLocked } from './lock.ts';

const FORM = /^(\d{4})-(\d{4,6})$/;
/** How long a command waits for whoever else is at them. */
const WAIT_SECONDS = 30;

/** Runs when it is certain what is going to be written, and before it is: for the audit log. */
export type Before = (id: string) => Promise<void>;

export interface NumberedFiles<T extends { id: string }> {
  /** Adds one of that year (four digits). Returns it with its number. What `before` throws, it throws. */
  add(year: string, one: Omit<T, 'id'>, before?: Before): Promise<T>;
  /** Throws what `missing` makes, and what the check of the form throws. */
  read(id: string): Promise<T>;
  /** All of them, in the order of their numbers. One that cannot be read is told of and passed over; without `damaged` it throws. */
  all(damaged?: (id: string, reason: string) => void | Promise<void>): Promise<T[]>;
  /** Changes one; what the change or `before` throws leaves it as it was. Throws as `read`, and `busy`. */
  change(id: string, change: (one: T) => void, before?: Before): Promise<T>;
}

/**
 * The files in the given folder, which is made when something is first written.
 * @param check reads the text of one, or throws; it runs on what is read and on what is written
 * @param missing the error for one that is not there
 */
export function numberedFiles<T extends { id: string }>(
  folder: string,
  check: (text: string) => T,
  missing: (id: string) => GreffierError,
): NumberedFiles<T> {
  const place = (id: string) => join(folder, `${id}.json`);
  const locked = async <R>(work: () => Promise<R>) => {
    await makeFolder(folder);
    return whileLocked(join(folder, 'lock'), WAIT_SECONDS, work);
  };
  async function read(id: string): Promise<T> {
    const text = FORM.test(id) ? await readIfThere(place(id)) : undefined;
    if (text === undefined) throw missing(id.slice(0, 20));
    return check(text);
  }
  return {
    add: (year, asked, before) =>
      locked(async () => {
        const used = (await idsIn(folder)).filter((id) => id.startsWith(`${year}-`));
        const number = Math.max(0, ...used.map((id) => Number(id.slice(5)))) + 1;
        const id = `${year}-${String(number).padStart(4, '0')}`;
        const one = check(JSON.stringify({ ...asked, id }));
        await before?.(id);
        await createDurably(folder, place(id), textOf(one));
        return one;
      }),
    read,
    async all(damaged) {
      const all: T[] = [];
      for (const id of await idsIn(folder)) {
        try {
          all.push(await read(id));
        } catch (error) {
          if (!damaged) throw error;
          await damaged(id, reasonOf(error));
        }
      }
      return all;
    },
    change: (id, change, before) =>
      locked(async () => {
        const one = await read(id);
        change(one);
        check(JSON.stringify(one));
        await before?.(id);
        await writeDurably(place(id), textOf(one));
        return one;
      }),
  };
}

function textOf(one: object): string {
  return `${JSON.stringify(one, null, 2)}\n`;
}

async function idsIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error) => {
    if (isMissing(error)) return [];
    throw error;
  });
  const ids = names.flatMap((name) => (name.endsWith('.json') ? [name.slice(0, -'.json'.length)] : []));
  return ids
    .filter((id) => FORM.test(id))
    .sort(
      (one, other) =>
        one.slice(0, 4).localeCompare(other.slice(0, 4)) || Number(one.slice(5)) - Number(other.slice(5)),
    );
}

/** A file that must not be there yet: it appears whole, or not at all. */
async function createDurably(folder: string, path: string, text: string): Promise<void> {
  const beside = `${path}.${process.pid}.tmp`;
  try {
    await writeFlushed(beside, text);
    await link(beside, path);
  } finally {
    await rm(beside, { force: true });
  }
  await syncFolder(folder);
}

// The register: one file a request, named by the year and a number that is never given twice. Every change is made on
// what lies on disk, under one lock, and is durable when it returns.

import { link, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { GreffierError, isMissing, reasonOf } from '../shared/errors.ts';
import { makeFolder, readIfThere, syncFolder, writeDurably, writeFlushed } from '../shared/files.ts';
import { whileLocked } from '../shared/lock.ts';
import { type Request, readRequest } from './request.ts';

const FORM = /^(\d{4})-(\d{4,6})$/;
/** How long a command waits for whoever else is at the register. */
const WAIT_SECONDS = 30;

export interface Register {
  /** Adds a request; the year is that of its receipt. Returns it with its number. What `before` throws, it throws. */
  add(request: Omit<Request, 'id'>, before?: Before): Promise<Request>;
  /** Throws `no-such-request`. */
  read(id: string): Promise<Request>;
  /**
   * All requests, in the order of their numbers. One that cannot be read is told of and passed over.
   * Without `damaged` it throws `bad-request-file`.
   */
  all(damaged?: (id: string, reason: string) => void | Promise<void>): Promise<Request[]>;
  /** Changes one; what the change or `before` throws leaves it as it was. Throws `no-such-request`, `busy`. */
  change(id: string, change: (request: Request) => void, before?: Before): Promise<Request>;
}

/** Runs when it is certain what is going to be written, and before it is: for the audit log. */
export type Before = (id: string) => Promise<void>;

/** The register in the given folder, which is made when something is first written. */
export function openRegister(folder: string): Register {
  const place = (id: string) => join(folder, `${id}.json`);
  const locked = async <T>(work: () => Promise<T>) => {
    await makeFolder(folder);
    return whileLocked(join(folder, 'lock'), WAIT_SECONDS, work);
  };
  async function read(id: string): Promise<Request> {
    const text = FORM.test(id) ? await readIfThere(place(id)) : undefined;
    if (text !== undefined) return readRequest(text);
    throw new GreffierError('no-such-request', `no request ${id.slice(0, 20)}`, {
      hint: 'greffier rights list shows their numbers',
      status: 404,
    });
  }
  return {
    add: (asked, before) =>
      locked(async () => {
        const year = asked.receivedAt.slice(0, 4);
        const used = (await idsIn(folder))
          .filter((id) => id.startsWith(year))
          .map((id) => Number(id.slice(5)));
        const number = Math.max(0, ...used) + 1;
        const request = readRequest(
          JSON.stringify({ ...asked, id: `${year}-${String(number).padStart(4, '0')}` }),
        );
        await before?.(request.id);
        await createDurably(folder, place(request.id), JSON.stringify(request, null, 2));
        return request;
      }),
    read,
    async all(damaged) {
      const requests: Request[] = [];
      for (const id of await idsIn(folder)) {
        try {
          requests.push(await read(id));
        } catch (error) {
          if (!damaged) throw error;
          await damaged(id, reasonOf(error));
        }
      }
      return requests;
    },
    change: (id, change, before) =>
      locked(async () => {
        const request = await read(id);
        change(request);
        readRequest(JSON.stringify(request));
        await before?.(id);
        await writeDurably(place(id), `${JSON.stringify(request, null, 2)}\n`);
        return request;
      }),
  };
}

async function idsIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error) => {
    if (isMissing(error)) return [];
    throw error;
  });
  return names
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length))
    .filter((id) => FORM.test(id))
    .sort((one, other) =>
      one.slice(0, 4) === other.slice(0, 4)
        ? Number(one.slice(5)) - Number(other.slice(5))
        : one.localeCompare(other),
    );
}

/** A file that must not be there yet: it appears whole, or not at all. */
async function createDurably(folder: string, path: string, text: string): Promise<void> {
  const beside = `${path}.${process.pid}.tmp`;
  try {
    await writeFlushed(beside, `${text}\n`);
    await link(beside, path);
  } finally {
    await rm(beside, { force: true });
  }
  await syncFolder(folder);
}

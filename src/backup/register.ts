// Which targets there are, and how the last run on each ended. One that is not connected any more still holds headers: it
// is remembered until somebody says that it was destroyed.

import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isCallId } from '../shared/call-id.ts';
import { GreffierError } from '../shared/errors.ts';
import { makeFolder, readIfThere, writeDurably } from '../shared/files.ts';
import { absent } from '../vault/days.ts';

export interface KnownTarget {
  id: string;
  folder: string;
  since: string;
  /** Start of the last run, however it ended. */
  triedAt: string | null;
  /** Start of the last run that did everything. */
  goodAt: string | null;
  /** When the sets of headers were last rotated. */
  rotatedAt: string | null;
  /** Why the last run did not do everything. */
  fault: string | null;
  sets: number;
}

export type Register = ReturnType<typeof registerIn>;

/** The register in the given folder. */
export function registerIn(folder: string) {
  const file = (id: string) => join(folder, `${id}.json`);
  const read = async (id: string) => {
    const text = isCallId(id) ? await readIfThere(file(id)) : undefined;
    return text === undefined ? undefined : (JSON.parse(text) as KnownTarget);
  };
  return {
    lock: join(folder, 'run.lock'),
    prepare: () => makeFolder(folder),
    async all(): Promise<KnownTarget[]> {
      const names = ((await readdir(folder).catch(absent)) ?? []).filter((name) => name.endsWith('.json'));
      const all = await Promise.all(names.sort().map((name) => read(name.slice(0, -'.json'.length))));
      return all.filter((one) => one !== undefined);
    },
    /** Throws `unknown-target`. */
    async insist(id: string): Promise<KnownTarget> {
      const found = await read(id);
      if (found) return found;
      throw new GreffierError('unknown-target', `${id} is no target of this appliance`, {
        hint: 'greffier backup init FOLDER makes it one; greffier backup status shows those there are',
      });
    },
    async add(id: string, where: string, at: Date): Promise<void> {
      await makeFolder(folder);
      const none = { triedAt: null, goodAt: null, rotatedAt: null, fault: null, sets: 0 };
      const before = (await read(id)) ?? { id, since: at.toISOString(), ...none };
      await writeDurably(file(id), JSON.stringify({ ...before, folder: where }));
    },
    async note(id: string, facts: Partial<KnownTarget>): Promise<void> {
      const before = await read(id);
      if (before) await writeDurably(file(id), JSON.stringify({ ...before, ...facts }));
    },
    forget: (id: string) => rm(file(id), { force: true }),
  };
}

// The legal holds of a vault: signed events, one file each, beside the recordings that they keep. They are readable by a
// stranger, survive the index, and go wherever the vault goes.
//
//   holds/<hold>.0001.placed.json  ….json.asc     then 0002.renewed, 0003.released

import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { GreffierError } from '../shared/errors.ts';
import { makeFolder, readIfThere, writeDurably } from '../shared/files.ts';
import { absent } from './days.ts';

export interface HoldEventFile {
  hold: string;
  /** From 1, in the order in which they happened. */
  number: number;
  bytes: Buffer;
  /** Detached; empty when there is none. */
  signature: string;
}

export interface HoldEventStore {
  /** Adds an event. Throws `hold-changed` when the hold has one of that number. */
  put(hold: string, number: number, kind: string, bytes: Uint8Array, signature: string): Promise<void>;
  all(): Promise<HoldEventFile[]>;
  /** Changes with every event; undefined as long as it may still change unseen. */
  version(): Promise<string | undefined>;
}

const NAME = /^([0-9a-f-]{36})\.(\d{4})\.[a-z]+\.json$/;
/** Two changes within one tick of the file system's clock look like one. */
const SETTLED_MS = 1_000;

/** The events in a folder. */
export function holdEventStore(folder: string): HoldEventStore {
  return {
    async put(hold, number, kind, bytes, signature) {
      await makeFolder(folder);
      const name = `${hold}.${String(number).padStart(4, '0')}.`;
      if ((await readdir(folder)).some((one) => one.startsWith(name) && one.endsWith('.json')))
        throw new GreffierError('hold-changed', `hold ${hold} was changed meanwhile`, { status: 409 });
      const path = join(folder, `${name}${kind}.json`);
      // The signature first: an event that can be seen is complete.
      await writeDurably(`${path}.asc`, signature);
      await writeDurably(path, bytes);
    },
    async all() {
      const names = ((await readdir(folder).catch(absent)) ?? []).sort();
      const found = names.map(async (name): Promise<HoldEventFile[]> => {
        const [, hold = '', number = ''] = NAME.exec(name) ?? [];
        if (!hold) return [];
        const path = join(folder, name);
        const signature = (await readIfThere(`${path}.asc`)) ?? '';
        return [{ hold, number: Number(number), bytes: await readFile(path), signature }];
      });
      return (await Promise.all(found)).flat();
    },
    async version() {
      const found = await stat(folder, { bigint: true }).catch(absent);
      if (!found) return 'none';
      const settled = Date.now() - Number(found.mtimeNs / 1_000_000n) > SETTLED_MS;
      return settled ? `${found.ino} ${found.mtimeNs}` : undefined;
    },
  };
}

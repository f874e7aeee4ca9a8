// The records of all calls, recorded or not, one file each: calls/2026/11/22/<id>.json. The index of calls is rebuilt
// from them.

import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isCallId } from '../shared/call-id.ts';
import { makeFolder, readSmall, writeDurably } from '../shared/files.ts';
import { dayParts, walkDays } from './days.ts';

export interface CallRecordStore {
  /** Writes a record, or replaces it; durable when it returns. Its place is the day (UTC) on which the call came. */
  put(id: string, day: Date, record: Uint8Array): Promise<void>;
  read(id: string, day: Date): Promise<string | undefined>;
  /** Walks all records, oldest day first. */
  all(): AsyncGenerator<{ id: string; day: Date; text: string }>;
  /** Walks which records there are, without reading them. */
  ids(): AsyncGenerator<{ id: string; day: Date }>;
}

/** The store in the given folder, which is made when it is first written to. */
export function callRecordStore(root: string): CallRecordStore {
  const place = (id: string, day: Date) => join(root, ...dayParts(day), `${id}.json`);
  async function* ids(): AsyncGenerator<{ id: string; day: Date }> {
    for await (const { name, day } of walkDays(root)) {
      const id = name.replace(/\.json$/, '');
      if (name.endsWith('.json') && isCallId(id)) yield { id, day };
    }
  }
  return {
    async put(id, day, record) {
      await makeFolder(dirname(place(id, day)));
      await writeDurably(place(id, day), record);
    },
    read: async (id, day) => (await readSmall(place(id, day)))?.toString(),
    async *all() {
      for await (const { id, day } of ids()) yield { id, day, text: await readFile(place(id, day), 'utf8') };
    },
    ids,
  };
}

// What lies in the vault, by day.

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isCallId } from '../shared/call-id.ts';
import { numbered, walkDays } from './days.ts';

/** Walks all recordings, oldest day first. */
export async function* walkRecordings(root: string): AsyncGenerator<{ id: string; day: Date }> {
  for await (const { name, day } of walkDays(root)) if (isCallId(name)) yield { id: name, day };
}

/** Walks whose tombstones there are; the day is the first of the month that they lie in. */
export async function* walkTombstones(graves: string): AsyncGenerator<{ id: string; day: Date }> {
  for (const year of await numbered(graves)) {
    for (const month of await numbered(join(graves, year))) {
      const day = new Date(`${year}-${month}-01T00:00:00Z`);
      for (const name of (await readdir(join(graves, year, month))).sort()) {
        const id = name.replace(/\.json$/, '');
        if (name.endsWith('.json') && isCallId(id)) yield { id, day };
      }
    }
  }
}

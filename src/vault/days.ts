// The vault's folders by day (UTC): year, month, day, each a number.

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing } from '../shared/errors.ts';

/** Names of the folders that lead to a day. */
export function dayParts(day: Date): [string, string, string] {
  const [year = '', month = '', date = ''] = day.toISOString().slice(0, 10).split('-');
  return [year, month, date];
}

/** Walks what lies in the folders of all days, oldest first. */
export async function* walkDays(root: string): AsyncGenerator<{ name: string; path: string; day: Date }> {
  for (const year of await numbered(root)) {
    for (const month of await numbered(join(root, year))) {
      for (const date of await numbered(join(root, year, month))) {
        const folder = join(root, year, month, date);
        const day = new Date(`${year}-${month}-${date}T00:00:00Z`);
        for (const name of (await readdir(folder)).sort()) yield { name, path: join(folder, name), day };
      }
    }
  }
}

/** Names of the folders that are numbers; none when the folder is not there. */
export async function numbered(folder: string): Promise<string[]> {
  const names = (await readdir(folder).catch(absent)) ?? [];
  return names.filter((name) => /^\d+$/.test(name)).sort();
}

/** For a file that may be missing: undefined then, and any other fault is passed on. */
export function absent(error: unknown): undefined {
  if (isMissing(error)) return undefined;
  throw error;
}

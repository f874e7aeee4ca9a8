// One section of the compiled policies, as Asterisk reads it: a name, and its keys with their values.

import type { Person } from './schema.ts';

export type Entry = [key: string, value: string];
export type Category = [name: string, ...entries: Entry[]];

/** What neither Asterisk's reader nor the dialplan can take for anything else. */
const PLAIN = /^[A-Za-z0-9&/:,*+_.-]*$/;

/** Its text. Throws when a value holds a character that is not plain. */
export function rendered([name, ...entries]: Category): string {
  for (const part of [name, ...entries.flat()])
    if (!PLAIN.test(part)) throw new Error(`not a plain value in [${name}]: ${JSON.stringify(part)}`);
  return `[${name}]\n${entries.map(([key, value]) => `${key}=${value}\n`).join('')}`;
}

/** Hours, each window as GotoIfTime takes it. */
export function windowEntries(windows: Person['windows'], timezone: string): Entry[] {
  return (windows ?? []).map(({ days, from, to }) => ['window', `${from}-${to},${days},*,*,${timezone}`]);
}

// Everything that lies in the vault, in an order that is always the same: whoever walks it may stop, and go on behind
// the place where he was. What belongs to nobody is found too.

import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isCallId } from '../shared/call-id.ts';
import { absent } from './days.ts';

export type ItemKind = 'recording' | 'tombstone' | 'call' | 'incoming' | 'stranger';

export interface VaultItem {
  kind: ItemKind;
  /** From the vault's folder. */
  path: string;
  /** Of the call; the name, of what has none. */
  id: string;
  /** By its place, of recordings and call records; the first of the month, of tombstones. */
  day: Date;
}

type Sort = (name: string, siblings: Set<string>) => { kind: ItemKind; id: string } | undefined;

const recording: Sort = (name) => ({ kind: isCallId(name) ? 'recording' : 'stranger', id: name });

const call: Sort = (name) => named(name, 'call');

/** The signature beside a tombstone is part of it. */
const tombstone: Sort = (name, siblings) =>
  name.endsWith('.asc') && siblings.has(name.slice(0, -4)) ? undefined : named(name, 'tombstone');

function named(name: string, kind: ItemKind): { kind: ItemKind; id: string } {
  const id = name.replace(/\.json$/, '');
  return name.endsWith('.json') && isCallId(id) ? { kind, id } : { kind: 'stranger', id: name };
}

/** Walks the vault in the given folder. */
export async function* walkVault(root: string): AsyncGenerator<VaultItem> {
  for (const entry of await list(root)) {
    const { name: path } = entry;
    if (path === 'calls') yield* below(root, path, 3, call);
    else if (path === 'tombstones') yield* below(root, path, 2, tombstone);
    // Statements of what took the place of what: signed, of no person, and kept when a recording is destroyed.
    else if (path === 'reencrypted') continue;
    // What must not be destroyed for the time being: signed, and read whole by whoever asks (hold-events.ts).
    else if (path === 'holds') continue;
    else if (path === 'incoming') yield* below(root, path, 0, (id) => ({ kind: 'incoming', id }));
    else if (isNumbered(entry)) yield* below(root, path, 2, recording);
    else if (path !== 'vault.json') yield { kind: 'stranger', path, id: path, day: dayOfPath(path) };
  }
}

/** Whether a place lies behind another in that order. */
export function isBehind(path: string, other: string): boolean {
  // At each level names are in order: what stands between the levels has to come before every letter.
  return path.replaceAll('/', '\0') > other.replaceAll('/', '\0');
}

/** How many there are of each kind. */
export async function countVault(root: string): Promise<Record<ItemKind, number>> {
  const counts = { recording: 0, tombstone: 0, call: 0, incoming: 0, stranger: 0 };
  for await (const { kind } of walkVault(root)) counts[kind] += 1;
  return counts;
}

/** @param levels how many levels of numbered folders (year, month, day) lie between here and what is sought */
async function* below(root: string, path: string, levels: number, sort: Sort): AsyncGenerator<VaultItem> {
  const entries = await list(join(root, path));
  const names = new Set(entries.map(({ name }) => name));
  for (const entry of entries) {
    const at = `${path}/${entry.name}`;
    if (levels > 0 && isNumbered(entry)) yield* below(root, at, levels - 1, sort);
    else {
      const day = dayOfPath(at);
      const inPlace = levels === 0 && !Number.isNaN(day.getTime());
      const found = inPlace ? sort(entry.name, names) : { kind: 'stranger' as const, id: entry.name };
      if (found) yield { ...found, path: at, day };
    }
  }
}

/** What lies in a folder, by name; nothing, when it went meanwhile. */
async function list(folder: string): Promise<Dirent[]> {
  const entries = (await readdir(folder, { withFileTypes: true }).catch(absent)) ?? [];
  return entries.sort((one, other) => (one.name < other.name ? -1 : 1));
}

function isNumbered(entry: Dirent): boolean {
  return entry.isDirectory() && /^\d{2,4}$/.test(entry.name);
}

/** The day that a path names; 1970, of one that names none. */
function dayOfPath(path: string): Date {
  const numbers = path.split('/').filter((part) => /^\d{2,4}$/.test(part));
  const [year = '1970', month = '01', date = '01'] = numbers;
  return new Date(`${year}-${month}-${date}T00:00:00Z`);
}

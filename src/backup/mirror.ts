// Folders of small files. Tombstones, and the statements of what took the place of what, only ever grow: what a target
// has of them it keeps, whatever becomes of the vault. Holds go into each set as they are.

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder, writeDurably } from '../shared/files.ts';
import { absent } from '../vault/days.ts';
import type { TarEntry } from './tar.ts';

/** Kept for ever, in the vault and on every target. */
export const GROWING = ['tombstones', 'reencrypted'];

/**
 * Walks the files below a folder in the order of their names, a signature before what it signs: who sees a tombstone on a
 * target sees a complete one. Paths are from the root.
 */
export async function* filesBelow(root: string, path: string): AsyncGenerator<string> {
  const entries = (await readdir(join(root, path), { withFileTypes: true }).catch(absent)) ?? [];
  const order = (name: string) => (name.endsWith('.asc') ? name.slice(0, -'.asc'.length) : `${name}\u0000`);
  entries.sort((one, other) => (order(one.name) < order(other.name) ? -1 : 1));
  for (const entry of entries) {
    const below = `${path}/${entry.name}`;
    if (entry.isDirectory()) yield* filesBelow(root, below);
    else if (entry.isFile() && !entry.name.endsWith('.tmp')) yield below;
  }
}

/** Copies what the second root has not got yet; nothing that is there is changed. Returns how many were copied. */
export async function addMissing(
  from: string,
  to: string,
  path: string,
  before: () => Promise<void>,
): Promise<number> {
  let copied = 0;
  let folder = '';
  let there = new Set<string>();
  for await (const file of filesBelow(from, path)) {
    const at = file.lastIndexOf('/');
    const [parent, name] = [file.slice(0, at), file.slice(at + 1)];
    if (parent !== folder) {
      folder = parent;
      there = new Set((await readdir(join(to, parent)).catch(absent)) ?? []);
    }
    if (there.has(name)) continue;
    const content = await readFile(join(from, file)).catch(absent);
    if (!content) continue;
    await before();
    await makeFolder(join(to, parent));
    await writeDurably(join(to, file), content);
    copied += 1;
  }
  return copied;
}

/** The files below a folder as entries of an archive. One that goes meanwhile is passed over. */
export async function* entriesBelow(root: string, path: string): AsyncGenerator<TarEntry> {
  for await (const name of filesBelow(root, path)) {
    const content = await readFile(join(root, name)).catch(absent);
    if (content) yield { name, content };
  }
}

// The list of a folder's files with their sums, as `sha256sum -c` reads it: what is signed of a package.

import { createHash } from 'node:crypto';
import { open, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

export type Sign = (content: Uint8Array) => Promise<string>;

/** Writes the list of a folder's files into that folder, and its signature beside it. `listed` may leave files out. */
export async function signSums(
  folder: string,
  sign: Sign,
  list = 'SHA256SUMS',
  listed?: (name: string) => boolean,
): Promise<void> {
  const sums = Buffer.from(await sumsOf(folder, listed));
  await writeFile(join(folder, list), sums);
  await writeFile(join(folder, `${list}.asc`), await sign(sums));
}

/** One line a file, in the order of the names. `listed` may leave files out. */
export async function sumsOf(
  folder: string,
  listed: (name: string) => boolean = () => true,
): Promise<string> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = files
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
    .filter(listed)
    .sort();
  const lines = names.map(async (name) => `${await sumOfFile(join(folder, name))}  ${name}\n`);
  return (await Promise.all(lines)).join('');
}

async function sumOfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  const file = await open(path, 'r');
  await pipeline(file.createReadStream(), hash);
  return hash.digest('hex');
}

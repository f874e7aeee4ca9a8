// The list of a folder's files with their sums, as `sha256sum -c` reads it: what is signed of a package.

import { createHash } from 'node:crypto';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

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

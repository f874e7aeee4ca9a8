// The list as Asterisk reads it: a folder with the key, and an empty file for each mark. To look a number up is to ask
// whether a file is there: nothing is parsed, and nothing is cached that could be old.

import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder, readIfThere, syncFolder, writeDurably } from '../shared/files.ts';

/** Readable by Asterisk, whose group the folder hands on: systemd-tmpfiles makes it so, the daemon may not. */
const FILE_MODE = 0o640;

/** Brings the published folder to just these marks. New ones come before old ones go. */
export async function publishMarks(folder: string, key: string, marks: Set<string>): Promise<void> {
  await makeFolder(folder);
  const there = new Set(await readdir(folder));
  for (const mark of marks) if (!there.has(mark)) await writeDurably(join(folder, mark), '', FILE_MODE);
  for (const name of there) if (name !== 'key' && !marks.has(name)) await rm(join(folder, name));
  await syncFolder(folder);
  // The key last: until it is there, the dialplan does not know who objected, and records nobody.
  const path = join(folder, 'key');
  if ((await readIfThere(path)) !== key) await writeDurably(path, key, FILE_MODE);
}

/** Takes the key away, so that nothing is recorded until the list is whole again (fail closed). */
export async function withdrawKey(folder: string): Promise<void> {
  await rm(join(folder, 'key'), { force: true });
}

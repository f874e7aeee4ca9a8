// A recording whose files all change at once, because it was encrypted again. Its folder is renamed away and the new one
// into its place; there is no system call here that does both, so what a kill left between the two is put right later.

import { readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isCallId } from '../shared/call-id.ts';
import { syncFolder } from '../shared/files.ts';
import { absent, dayParts } from './days.ts';
import { shredFile } from './shred.ts';

const FORMER = /^(.{36})\.former\.(\d{4}-\d\d-\d\d)$/;

/** Puts what lies in the incoming folder in the place of the recording, and destroys the former one. */
export async function swapIn(root: string, id: string, day: Date): Promise<void> {
  const [incoming, place] = [join(root, 'incoming'), join(root, ...dayParts(day), id)];
  const former = join(incoming, `${id}.former.${day.toISOString().slice(0, 10)}`);
  await syncFolder(join(incoming, id));
  await rename(place, former);
  await rename(join(incoming, id), place);
  await syncFolder(dirname(place));
  await syncFolder(incoming);
  await destroy(former);
}

/** Ids of recordings whose exchange was interrupted. */
export async function interruptedSwaps(root: string): Promise<string[]> {
  return (await readdir(join(root, 'incoming'))).filter((name) => FORMER.test(name));
}

/** Ends each exchange that a kill interrupted: forward when the new recording is in its place, otherwise back. */
export async function recoverSwaps(root: string): Promise<void> {
  const incoming = join(root, 'incoming');
  for (const name of await interruptedSwaps(root)) {
    const [, id = '', date = ''] = FORMER.exec(name) ?? [];
    if (!isCallId(id)) continue;
    const place = join(root, ...dayParts(new Date(`${date}T00:00:00Z`)), id);
    if (await stat(place).catch(absent)) await destroy(join(incoming, name));
    else {
      await rename(join(incoming, name), place);
      await syncFolder(dirname(place));
      await syncFolder(incoming);
    }
  }
}

/** The header first: from then on nothing opens the rest. */
async function destroy(folder: string): Promise<void> {
  await shredFile(join(folder, 'header.pgp'));
  await rm(folder, { recursive: true, force: true });
  await syncFolder(dirname(folder));
}

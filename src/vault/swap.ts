// A recording whose files all change at once, because it was encrypted again. Its folder is renamed away and the new one
// into its place; there is no system call here that does both, so what a kill left between the two is put right later.

import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isCallId } from '../shared/call-id.ts';
import { syncFolder } from '../shared/files.ts';
import { absent, dayParts } from './days.ts';
import { shredFile } from './shred.ts';

const ANEW = '.reencrypted';
const FORMER = /^(.{36})\.former\.(\d{4}-\d\d-\d\d)$/;

/** An empty folder for the new files; not one that is taken for a recording in the making. */
export async function swapFolder(root: string, id: string): Promise<string> {
  const folder = join(root, 'incoming', id + ANEW);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { mode: 0o700 });
  return folder;
}

/** Puts what lies in that folder in the place of the recording, and destroys the former one. */
export async function swapIn(root: string, id: string, day: Date): Promise<void> {
  const [incoming, place] = [join(root, 'incoming'), join(root, ...dayParts(day), id)];
  const former = join(incoming, `${id}.former.${day.toISOString().slice(0, 10)}`);
  await syncFolder(join(incoming, id + ANEW));
  await rename(place, former);
  await rename(join(incoming, id + ANEW), place);
  await syncFolder(dirname(place));
  await syncFolder(incoming);
  await destroy(former);
}

/** What exchanges that were interrupted have left; also what one that goes on at this moment has. */
export async function interruptedSwaps(root: string): Promise<string[]> {
  const names = (await readdir(join(root, 'incoming')).catch(absent)) ?? [];
  return names.filter((name) => FORMER.test(name) || name.endsWith(ANEW));
}

/** Ends each exchange that a kill interrupted: forward when the new recording is in its place, otherwise back. */
export async function recoverSwaps(root: string): Promise<void> {
  const incoming = join(root, 'incoming');
  const left = await interruptedSwaps(root);
  for (const name of left) {
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
  for (const name of left) if (name.endsWith(ANEW)) await destroy(join(incoming, name));
}

/** The header first: from then on nothing opens the rest. */
async function destroy(folder: string): Promise<void> {
  await shredFile(join(folder, 'header.pgp'));
  await rm(folder, { recursive: true, force: true });
  await syncFolder(dirname(folder));
}

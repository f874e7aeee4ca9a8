// Where the public keys lie that recordings are sealed to: the recovery keys in one folder, those of each group in one
// of its own. Root owns all of them; a key is put there and taken away by root alone.

import { chmod, chown, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { GreffierError, isMissing } from '../shared/errors.ts';
import { syncFolder, writeFlushed } from '../shared/files.ts';
import type { KeyFolders } from './recipients.ts';
import { RETIRED, type RecipientKey, readRecipients, readRetired } from './recovery.ts';

export interface Place {
  /** Undefined for the recovery keys. */
  group: string | undefined;
  folder: string;
  keys: RecipientKey[];
  retired: RecipientKey[];
}

/** Reads all keys that recordings are or were sealed to, those of recovery first. */
export async function readPlaces(folders: KeyFolders, now: Date): Promise<Place[]> {
  const groups = await readdir(folders.recipients, { withFileTypes: true }).catch((error) => {
    if (isMissing(error)) return [];
    throw error;
  });
  const names = groups.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return Promise.all(
    [undefined, ...names.sort()].map(async (group) => {
      const folder = group === undefined ? folders.recoveryKeys : join(folders.recipients, group);
      return {
        group,
        folder,
        keys: await readRecipients(folder, now),
        retired: await readRetired(folder, now),
      };
    }),
  );
}

/** What people call the place of a key. */
export function labelOf({ group }: Pick<Place, 'group'>): string {
  return group === undefined ? 'recovery' : `group ${group}`;
}

/** A key by its fingerprint, with every place it is in. Retired keys count. Throws `no-such-key`. */
export function findKey(places: Place[], fingerprint: string): { key: RecipientKey; places: Place[] } {
  const wanted = fingerprint.replaceAll(/\s|^0x/gi, '').toLowerCase();
  const found = places.flatMap((place) =>
    [...place.keys, ...place.retired]
      .filter((key) => key.fingerprint === wanted && key.armored)
      .map((key) => ({ key, place })),
  );
  const key = found[0]?.key;
  if (!wanted || !key) {
    throw new GreffierError('no-such-key', `no key ${fingerprint} is or was a recipient`, {
      hint: 'greffier keys list shows their fingerprints',
      status: 404,
    });
  }
  return { key, places: [...new Set(found.map(({ place }) => place))] };
}

/** Throws `unfit-key` when a rotation has retired the key in that place: laying it there again would change nothing. */
export function refuseRetired({ folder, retired }: Place, fingerprint: string): void {
  if (!retired.some((key) => key.fingerprint === fingerprint)) return;
  throw new GreffierError('unfit-key', `${fingerprint} cannot be a recipient: a rotation has retired it`, {
    hint: `make another key; or, if it is to come back after all, remove ${join(folder, fingerprint + RETIRED)}`,
    status: 400,
  });
}

/** Lays a public key into a folder that root owns; the daemon may read it. Returns its path. */
export async function layKey(folder: string, fingerprint: string, armored: string): Promise<string> {
  await makeLike(folder);
  const path = join(folder, `${fingerprint}.asc`);
  await writeLike(path, armored);
  return path;
}

/** Takes a key out of force: its mark stays, and every file that holds it goes. Doing so twice does no harm. */
export async function retireKey({ folder, keys }: Place, key: RecipientKey): Promise<void> {
  await writeLike(join(folder, key.fingerprint + RETIRED), key.armored);
  await takeKey({ folder, keys }, key.fingerprint);
}

/** Takes a key away, without a mark. */
export async function takeKey(
  { folder, keys }: Pick<Place, 'folder' | 'keys'>,
  fingerprint: string,
): Promise<void> {
  for (const { file } of keys.filter((key) => key.fingerprint === fingerprint))
    await rm(join(folder, file), { force: true });
  await syncFolder(folder);
}

/** A group's first key makes its folder: owned as the folder above, closed to others. */
async function makeLike(folder: string): Promise<void> {
  const made = await mkdir(folder, { mode: 0o750 }).then(
    () => true,
    (error) => {
      if (error.code === 'EEXIST') return false;
      throw error;
    },
  );
  if (!made) return;
  const { uid, gid } = await stat(dirname(folder));
  await chown(folder, uid, gid);
  // By name, for whoever lays it may have any umask: the unit that lays what was offered has 077.
  await chmod(folder, 0o750);
  await syncFolder(dirname(folder));
}

/** Owned as its folder from the first moment it can be seen: the daemon must never meet a key it cannot read. */
async function writeLike(path: string, content: string): Promise<void> {
  const { uid, gid } = await stat(dirname(path));
  const beside = `${path}.new`;
  await writeFlushed(beside, content, 0o640);
  await chown(beside, uid, gid);
  await chmod(beside, 0o640);
  await rename(beside, path);
  await syncFolder(dirname(path));
}

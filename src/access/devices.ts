// Which browsers a person has logged in with before: a cookie that says so, under a key of the box. It lets nobody in; it
// only keeps the failures of others from being counted against that browser.

import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { join } from 'node:path';
import { makeFolder, readIfThere, writeDurably } from '../shared/files.ts';

export interface Devices {
  /** A cookie for a browser that the person has just logged in with. */
  issue(user: string): string;
  /** Id of the browser; undefined when the cookie is not of ours or not of that person. */
  read(cookie: string | undefined, user: string): string | undefined;
}

/** Opens the devices; the key is made in the folder when it is missing. */
export async function openDevices(folder: string): Promise<Devices> {
  await makeFolder(folder);
  const path = join(folder, 'device-key');
  let key = await readIfThere(path);
  if (!key) {
    key = randomBytes(32).toString('hex');
    await writeDurably(path, key);
  }
  const seal = (id: string, user: string) =>
    createHmac('sha256', key as string)
      .update(`${id} ${user}`)
      .digest();
  return {
    issue(user) {
      const id = randomBytes(12).toString('base64url');
      return `${id}.${seal(id, user).toString('base64url')}`;
    },
    read(cookie, user) {
      const [id = '', given = ''] = (cookie ?? '').split('.');
      const [a, b] = [seal(id, user), Buffer.from(given, 'base64url')];
      return a.length === b.length && timingSafeEqual(a, b) ? id : undefined;
    },
  };
}

// What stands for a number in the list: SHA-1 over a secret key and the digits, the one keyed hash that the dialplan can
// compute by itself. It keeps the list from being read; whoever has the key can try all numbers (SECURITY.md).

import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { readIfThere, writeDurably } from '../shared/files.ts';

const KEY = /^[0-9a-f]{64}$/;

/** The mark of a number's digits, as `SHA1(${key}:${digits})` gives it in Asterisk. */
export function markOf(key: string, digits: string): string {
  return createHash('sha1').update(`${key}:${digits}`).digest('hex');
}

/** The key in a folder; undefined when it is missing or damaged. */
export async function readKey(folder: string): Promise<string | undefined> {
  const text = (await readIfThere(join(folder, 'key')))?.trim() ?? '';
  return KEY.test(text) ? text : undefined;
}

/** Makes the key of a list that is still empty. */
export async function makeKey(folder: string): Promise<string> {
  const key = randomBytes(32).toString('hex');
  await writeDurably(join(folder, 'key'), key);
  return key;
}

// The recovery keys: recipients of every recording. The box holds their public part only, in a folder that root owns.

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Key, readKey } from 'openpgp';
import { keyIdsOf } from '../offline/rewrap.ts';
import { isMissing, reasonOf } from '../shared/errors.ts';
import { expiryOf, whyUnfit } from './profile.ts';

/** Ending of the mark that a rotation leaves of a key: whoever copies the key back does not bring it back in force. */
export const RETIRED = '.retired';

export interface RecipientKey {
  file: string;
  fingerprint: string;
  user: string;
  expires: Date | null;
  /** Undefined when recordings can be sealed to it now. */
  unfit: string | undefined;
  armored: string;
  /** What headers say when they are for it. */
  keyIds: string[];
}

/** Reads all keys of the folder, fit or not. A file that is no key is listed as unfit, never passed over. */
export async function readRecipients(folder: string, now: Date): Promise<RecipientKey[]> {
  const names = await namesIn(folder);
  const files = names.filter((name) => name.endsWith('.asc')).sort();
  const keys = await Promise.all(files.map((file) => readRecipient(folder, file, now)));
  return keys.map((key) =>
    names.includes(key.fingerprint + RETIRED) ? { ...key, unfit: 'a rotation has retired it' } : key,
  );
}

/** Reads the keys that rotations have retired; recordings may still be sealed to them. */
export async function readRetired(folder: string, now: Date): Promise<RecipientKey[]> {
  const names = (await namesIn(folder)).filter((name) => name.endsWith(RETIRED)).sort();
  const keys = await Promise.all(names.map((name) => readRecipient(folder, name, now)));
  return keys.map((key) => ({ ...key, unfit: 'a rotation has retired it' }));
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch((error) => {
    if (isMissing(error)) return [];
    throw error;
  });
}

async function readRecipient(folder: string, file: string, now: Date): Promise<RecipientKey> {
  const armored = await readFile(join(folder, file), 'utf8');
  let key: Key;
  try {
    key = await readKey({ armoredKey: armored });
  } catch (error) {
    const unfit = `it is not an OpenPGP key: ${reasonOf(error)}`;
    return { file, fingerprint: '', user: '', expires: null, unfit, armored: '', keyIds: [] };
  }
  const unfit = await whyUnfit(key, now);
  return {
    file,
    fingerprint: key.getFingerprint(),
    user: key.getUserIDs()[0] ?? '',
    expires: await expiryOf(key),
    unfit,
    armored: key.isPrivate() ? '' : armored,
    keyIds: keyIdsOf(key),
  };
}

const NEVER = new Date('2100-01-01T00:00:00Z');

/**
 * Until when recordings can be sealed: as long as one recipient is fit. Null when none is: then nothing may be
 * captured, since it could not be sealed (fail closed).
 */
export function sealableUntil(recipients: RecipientKey[]): Date | null {
  const ends = recipients.filter(({ unfit }) => !unfit).map(({ expires }) => expires ?? NEVER);
  return ends.length ? new Date(Math.max(...ends.map(Number))) : null;
}

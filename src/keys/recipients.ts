// Who a recording is sealed to: the recovery keys always, and the keys of the groups that its policy names. The groups'
// public keys lie in folders of their own that root owns, so that the daemon cannot swap them.

import { join } from 'node:path';
import { type RecipientKey, readRecipients } from './recovery.ts';

export interface KeyFolders {
  recoveryKeys: string;
  /** Holds a folder for each group. */
  recipients: string;
}

export interface Recipients {
  /** Fit keys, each once, those of recovery first. None when no recovery key is fit: then nothing may be sealed. */
  keys: RecipientKey[];
  /** Groups without a fit key: an alarm, and recordings are sealed to the others. */
  without: string[];
}

/** The keys of one group, fit or not. */
export function readGroup(folder: string, group: string, now: Date): Promise<RecipientKey[]> {
  return readRecipients(join(folder, group), now);
}

/**
 * The keys that recordings under a policy are sealed to.
 * @param policy whose `recipients` are ids of groups; undefined, when the policy is not known, for recovery alone
 */
export async function recipientsOf(
  folders: KeyFolders,
  policy: { recipients: string[] } | undefined,
  now: Date,
): Promise<Recipients> {
  const recovery = (await readRecipients(folders.recoveryKeys, now)).filter(isFit);
  const groups = await Promise.all(
    (policy?.recipients ?? []).map(async (group) => ({
      group,
      keys: (await readGroup(folders.recipients, group, now)).filter(isFit),
    })),
  );
  const without = groups.filter(({ keys }) => keys.length === 0).map(({ group }) => group);
  if (recovery.length === 0) return { keys: [], without };
  const all = [...recovery, ...groups.flatMap(({ keys }) => keys)];
  const byFingerprint = new Map(all.map((key) => [key.fingerprint, key]));
  return { keys: [...byFingerprint.values()], without };
}

function isFit({ unfit }: RecipientKey): boolean {
  return !unfit;
}

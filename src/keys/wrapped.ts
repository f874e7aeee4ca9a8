// The private parts of group keys, as the box may have them: each an OpenPGP message for the personal keys of the
// members. Whoever is no member has nothing to open it with, the box included.

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GreffierError, isMissing, reasonOf } from '../shared/errors.ts';
import { makeFolder, writeDurably } from '../shared/files.ts';
import { whileLocked } from '../shared/lock.ts';
import { headOf, packetAt, sessionKeyPackets } from '../shared/packets.ts';

const SEIPD = 18;
const PATIENCE_SECONDS = 30;

export interface WrappedKey {
  group: string;
  /** Of the group key inside. */
  fingerprint: string;
  /** The OpenPGP message, binary. */
  wrapped: Buffer;
}

/**
 * Ids of the personal keys that a wrapped key is for. Throws `bad-wrapped-key` for anything but a message to known
 * personal keys: above all for a private key as it is, and for one that a password would open.
 */
export function recipientsOfWrapped(
  message: Uint8Array,
  known: { user: string; keyIds: string[] }[],
): string[] {
  let users: string[];
  try {
    const { header, rest } = headOf(message);
    users = sessionKeyPackets(header).map(({ keyId }) => {
      const owner = known.find(({ keyIds }) => keyIds.includes(keyId));
      if (!owner) throw new Error(`it is for key ${keyId}, which is nobody's personal key`);
      return owner.user;
    });
    const body = packetAt(rest, 0);
    if (body.tag !== SEIPD || rest[body.start] !== 1 || (body.end ?? rest.length) !== rest.length)
      throw new Error('what follows is not one version 1 encrypted packet');
  } catch (error) {
    throw new GreffierError(
      'bad-wrapped-key',
      `the group key is not wrapped to its members: ${reasonOf(error)}`,
      {
        hint: 'make it with greffier-offline make-group, and import the personal keys of the members first',
        status: 400,
      },
    );
  }
  return [...new Set(users)];
}

/** The wrapped keys below the folder of all keys. */
export function wrappedKeys(folder: string) {
  const root = join(folder, 'groups');
  async function all(): Promise<WrappedKey[]> {
    const found: WrappedKey[] = [];
    for (const group of await names(root)) {
      for (const name of (await names(join(root, group))).filter((file) => file.endsWith('.pgp')))
        found.push({
          group,
          fingerprint: name.slice(0, -4),
          wrapped: await readFile(join(root, group, name)),
        });
    }
    return found;
  }

  return {
    all,
    /** Keeps a wrapped key; the former one of the same key, for other members, goes. */
    async keep({ group, fingerprint, wrapped }: WrappedKey): Promise<void> {
      await makeFolder(join(root, group));
      await writeDurably(join(root, group, `${fingerprint}.pgp`), wrapped);
    },
    /** Those that one of the keys opens. */
    async openedBy(keyIds: string[]): Promise<WrappedKey[]> {
      return (await all()).filter(({ wrapped }) =>
        sessionKeyPackets(headOf(wrapped).header).some(({ keyId }) => keyIds.includes(keyId)),
      );
    },
    /** One change at a time, whoever makes it. Throws `busy`. */
    async exclusively<T>(work: () => Promise<T>): Promise<T> {
      await makeFolder(folder);
      return whileLocked(join(folder, 'groups.lock'), PATIENCE_SECONDS, work);
    },
  };
}

async function names(folder: string): Promise<string[]> {
  const found = await readdir(folder).catch((error) => {
    if (isMissing(error)) return [];
    throw error;
  });
  return found.sort();
}

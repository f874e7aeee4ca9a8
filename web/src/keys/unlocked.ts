/** The worker's private keys: the one that was unlocked, and the group keys that it opens in turn. */
import { decrypt, decryptKey, type PrivateKey, readMessage, readPrivateKey } from 'openpgp';
import { ApiError } from '../shared/api-error.ts';
import type { WrappedGroup } from '../shared/key-types.ts';
import type { OpenedKey } from '../shared/opener.ts';
import { bytesOf } from './base64.ts';
import { unlockFailure } from './failures.ts';

let unlocked: PrivateKey[] = [];

/** Reads a private key. Throws `key-is-public`, `key-unreadable`. */
export async function readKey(armored: string): Promise<PrivateKey> {
  if (/BEGIN PGP PUBLIC KEY/.test(armored)) throw new ApiError('key-is-public', 'a public key was given');
  return readPrivateKey({ armoredKey: armored }).catch((cause: unknown) => {
    throw new ApiError('key-unreadable', `not a private key: ${cause}`);
  });
}

/** Takes the passphrase off a key, here in memory. Throws `wrong-passphrase`, `key-unsuitable`. */
export async function openKey(armored: string, passphrase: string): Promise<PrivateKey> {
  const sealed = await readKey(armored);
  if (sealed.isDecrypted()) return sealed;
  return decryptKey({ privateKey: sealed, passphrase }).catch((error: unknown) => {
    throw unlockFailure(error);
  });
}

/** Unlocks a key and what is wrapped to it. A group's message that it does not open is not for it. */
export async function unlock(wish: {
  armored: string;
  passphrase: string;
  groups: WrappedGroup[];
}): Promise<OpenedKey> {
  const key = await openKey(wish.armored, wish.passphrase);
  const opened = await Promise.all(
    wish.groups.map(async ({ group, wrapped }) => {
      const groupKey = await unwrap(key, wrapped).catch(() => null);
      return groupKey ? [{ group, groupKey }] : [];
    }),
  );
  const groups = opened.flat();
  unlocked = [key, ...groups.map(({ groupKey }) => groupKey)];
  return {
    fingerprints: unlocked.flatMap((one) => [one, ...one.getSubkeys()].map((part) => part.getFingerprint())),
    owner: key.getUserIDs()[0] ?? '',
    groups: [...new Set(groups.map(({ group }) => group))],
  };
}

async function unwrap(key: PrivateKey, wrapped: string): Promise<PrivateKey> {
  const message = await readMessage({ binaryMessage: bytesOf(wrapped) });
  const { data } = await decrypt({ message, decryptionKeys: key });
  return readPrivateKey({ armoredKey: String(data) });
}

/** Every key that is unlocked. Throws `locked`. */
export function allKeys(): PrivateKey[] {
  if (unlocked.length === 0) throw new ApiError('locked', 'no key is unlocked');
  return unlocked;
}

/** The unlocked key of that fingerprint; the first one when none is, which then refuses by name. */
export function keyOf(fingerprint: string): PrivateKey {
  const wanted = fingerprint.toLowerCase();
  const named = allKeys().find((one) =>
    [one, ...one.getSubkeys()].some((part) => part.getFingerprint() === wanted),
  );
  return named ?? (allKeys()[0] as PrivateKey);
}

/** The worker's part of new keys: makes them, protects them, and proves that what was saved opens what is sealed. */
import { createMessage, decrypt, encrypt, encryptKey, readMessage, readKey as readPublic } from 'openpgp';
import { makeKey } from '../../../src/offline/new-key.ts';
import { ApiError } from '../shared/api-error.ts';
import type { MadeKey } from './protocol.ts';
import { openKey } from './unlocked.ts';

/** So that a box whose clock is behind this computer's does not take the key for one of tomorrow. */
const EARLIER_MS = 10 * 60_000;

export const earlier = () => new Date(Date.now() - EARLIER_MS);

/** Makes a key under a passphrase, in the form that gpg 2.2, gpg 2.4 and sq all open. */
export async function make(wish: {
  name: string;
  passphrase: string;
  years: number | null;
}): Promise<MadeKey> {
  const { privateKey, publicKey, fingerprint } = await makeKey({
    name: wish.name,
    passphrase: wish.passphrase,
    date: earlier(),
    ...(wish.years !== null && { years: wish.years }),
  });
  return { privateKey, publicKey, fingerprint };
}

/** The same key under a passphrase, salted and iterated, whatever protected it before. */
export async function protect(wish: { armored: string; before: string; after: string }): Promise<MadeKey> {
  const privateKey = await openKey(wish.armored, wish.before);
  const sealed = await encryptKey({ privateKey, passphrase: wish.after, config: { aeadProtect: false } });
  return {
    privateKey: sealed.armor(),
    publicKey: privateKey.toPublic().armor(),
    fingerprint: privateKey.getFingerprint(),
  };
}

/**
 * Seals a random challenge to the public key and opens it with what was saved. Throws `wrong-passphrase`, `other-key`
 * for another key's file, and `not-read-back` when it does not open after all.
 */
export async function prove(wish: { armored: string; passphrase: string; publicKey: string }): Promise<void> {
  const decryptionKeys = await openKey(wish.armored, wish.passphrase);
  const encryptionKeys = await readPublic({ armoredKey: wish.publicKey });
  if (decryptionKeys.getFingerprint() !== encryptionKeys.getFingerprint())
    throw new ApiError('other-key', 'the file holds another key');
  const challenge = crypto.getRandomValues(new Uint8Array(32));
  const sealed = (await encrypt({
    message: await createMessage({ binary: challenge }),
    encryptionKeys,
    format: 'binary',
  })) as Uint8Array;
  const message = await readMessage({ binaryMessage: Uint8Array.from(sealed) });
  const opened = await decrypt({ message, decryptionKeys, format: 'binary' }).catch(() => null);
  const bytes = opened ? (opened.data as Uint8Array) : new Uint8Array();
  if (bytes.length !== challenge.length || !bytes.every((byte, at) => byte === challenge[at]))
    throw new ApiError('not-read-back', 'the challenge was not opened');
}

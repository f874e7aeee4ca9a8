/** The worker's part of group keys: what opens a group is made here, wrapped here, and never leaves unwrapped. */
import { createMessage, encrypt, type PrivateKey, type PublicKey, readKey } from 'openpgp';
import { makeKey } from '../../../src/offline/new-key.ts';
import { openSessionKey, sealSessionKey } from '../../../src/offline/rewrap.ts';
import { headOf } from '../../../src/shared/packets.ts';
import { ApiError } from '../shared/api-error.ts';
import { bytesOf, textOf } from './base64.ts';
import { earlier } from './making.ts';
import type { MadeGroup, PublicKeyOf } from './protocol.ts';

const YEARS = 5;

/** A key for a group, its private part wrapped to the members. Throws `personal-key-changed`. */
export async function makeGroup(wish: { name: string; members: PublicKeyOf[] }): Promise<MadeGroup> {
  const encryptionKeys = await Promise.all(wish.members.map(compared));
  const made = await makeKey({ name: wish.name, years: YEARS, date: earlier() });
  const message = await createMessage({ text: made.privateKey });
  const wrapped = (await encrypt({ message, encryptionKeys, format: 'binary' })) as Uint8Array;
  return { publicKey: made.publicKey, fingerprint: made.fingerprint, wrapped: textOf(wrapped) };
}

/** The packet by which one more person opens a group's key. Throws `not-a-member`, `personal-key-changed`. */
export async function share(
  keys: PrivateKey[],
  wish: { wrapped: string; member: PublicKeyOf },
): Promise<string> {
  const target = await compared(wish.member);
  const { header } = headOf(bytesOf(wish.wrapped));
  for (const key of keys) {
    const sessionKey = await openSessionKey(header, key).catch(() => null);
    if (sessionKey) return textOf(await sealSessionKey(sessionKey, [target]));
  }
  throw new ApiError('not-a-member', 'no unlocked key opens the key of the group');
}

/** The key that was handed over, if it is the one whose fingerprint somebody has compared. */
async function compared({ fingerprint, armored }: PublicKeyOf): Promise<PublicKey> {
  const key = await readKey({ armoredKey: armored });
  if (key.isPrivate() || key.getFingerprint() !== fingerprint)
    throw new ApiError('personal-key-changed', 'the key is not the one that was compared');
  return key;
}

/** The page's side of keys that the worker makes: wishes in, keys under their passphrase out. */
import { ApiError } from '../shared/api-error.ts';
import { ask } from './key-holder.ts';
import type { MadeGroup, MadeKey, PublicKeyOf } from './protocol.ts';

/** Makes a key in the worker. */
export async function makeKey(name: string, passphrase: string, years: number | null): Promise<MadeKey> {
  const reply = await ask({ wish: 'make', name: plain(name), passphrase, years });
  if (!('made' in reply)) throw new ApiError('unexpected', 'the worker made no key');
  return reply.made;
}

/** The same key under another passphrase. Throws `wrong-passphrase` and what else is wrong with the key. */
export async function protectKey(armored: string, before: string, after: string): Promise<MadeKey> {
  const reply = await ask({ wish: 'protect', armored, before, after });
  if (!('made' in reply)) throw new ApiError('unexpected', 'the worker gave no key');
  return reply.made;
}

/** Opens a challenge with what was saved. Throws `wrong-passphrase`, `other-key`, `not-read-back`. */
export async function proveKey(armored: string, passphrase: string, publicKey: string): Promise<void> {
  await ask({ wish: 'prove', armored, passphrase, publicKey });
}

/** Makes a group's key, wrapped to its members. Throws `personal-key-changed`. */
export async function makeGroupKey(name: string, members: PublicKeyOf[]): Promise<MadeGroup> {
  const reply = await ask({ wish: 'make-group', name: plain(name), members });
  if (!('group' in reply)) throw new ApiError('unexpected', 'the worker made no key');
  return reply.group;
}

/** The packet by which a member opens a group's key. Throws `locked`, `not-a-member`. */
export async function shareKey(wrapped: string, member: PublicKeyOf): Promise<string> {
  const reply = await ask({ wish: 'share', wrapped, member });
  if (!('packet' in reply)) throw new ApiError('unexpected', 'the worker gave no packet');
  return reply.packet;
}

/** What the name of a key may be made of. */
const plain = (name: string) => name.replaceAll(/[<>()]/g, ' ').trim();

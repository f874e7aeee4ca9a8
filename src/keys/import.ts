// A public key at the door: checked before anything is written.

import { type Key, readKeys } from 'openpgp';
import { keyIdsOf } from '../offline/rewrap.ts';
import { GreffierError, reasonOf } from '../shared/errors.ts';
import { whyUnfit } from './profile.ts';

export interface AdmittedKey {
  fingerprint: string;
  user: string;
  armored: string;
  /** What headers say when they are for it. */
  keyIds: string[];
}

/**
 * Checks what is to become a recipient. Throws `unfit-key` with the reason: no key, several, a private one, one that
 * has expired or is revoked, one whose messages gpg 2.2 could not open.
 * @param name what the message calls it
 * @param content armored or binary
 */
export async function admitKey(name: string, content: Uint8Array, now: Date): Promise<AdmittedKey> {
  const keys = await readAll(name, content);
  const [key] = keys;
  if (!key || keys.length > 1)
    throw refusal(name, `it holds ${keys.length} keys: a file is one key`, 'export them one by one');
  const unfit = await whyUnfit(key, now);
  if (unfit) {
    const hint = key.isPrivate()
      ? 'export the public part (gpg --armor --export), and take the private key off this machine'
      : 'appliance/docs/keys.md says which keys can be used';
    throw refusal(name, unfit, hint);
  }
  return {
    fingerprint: key.getFingerprint(),
    user: key.getUserIDs()[0] ?? '',
    armored: key.armor(),
    keyIds: keyIdsOf(key),
  };
}

async function readAll(name: string, content: Uint8Array): Promise<Key[]> {
  try {
    const text = new TextDecoder().decode(content);
    // The library reads the first block and passes over what follows it.
    const blocks = text.split('-----BEGIN PGP').slice(1);
    if (blocks.length > 0)
      return (
        await Promise.all(blocks.map((block) => readKeys({ armoredKeys: `-----BEGIN PGP${block}` })))
      ).flat();
    return await readKeys({ binaryKeys: new Uint8Array(content) });
  } catch (error) {
    throw refusal(
      name,
      `it is not an OpenPGP key: ${reasonOf(error)}`,
      'export it with gpg --armor --export',
    );
  }
}

function refusal(name: string, reason: string, hint: string): GreffierError {
  return new GreffierError('unfit-key', `${name} cannot be a recipient: ${reason}`, { hint, status: 400 });
}

// The signing key: it says that a manifest or a tombstone comes from this appliance. It has no encryption subkey, so
// it opens nothing.

import { join } from 'node:path';
import { createMessage, generateKey, type PrivateKey, readPrivateKey, sign } from 'openpgp';
import { GreffierError } from '../shared/errors.ts';
import { makeFolder, readIfThere, writeDurably } from '../shared/files.ts';

const PRIVATE = 'signing.key.asc';
const PUBLIC = 'signing.asc';

export interface Signer {
  fingerprint: string;
  /** Armored public key: what an auditor verifies with. */
  publicKey: string;
  /** Armored detached signature over the bytes. */
  sign(content: Uint8Array): Promise<string>;
}

/** Makes the signing key when there is none. Returns whether it did. Never replaces one. */
export async function makeSigningKey(folder: string, site: string): Promise<boolean> {
  if (await readIfThere(join(folder, PRIVATE))) return false;
  await makeFolder(folder);
  // subkeys: [] leaves out the encryption subkey that OpenPGP.js would add; the Legacy curve opens in gpg 2.2 too.
  const { privateKey, publicKey } = await generateKey({
    type: 'ecc',
    curve: 'ed25519Legacy',
    userIDs: [{ name: `Greffier ${site} (signing)` }],
    subkeys: [],
    format: 'armored',
  });
  await writeDurably(join(folder, PUBLIC), publicKey, 0o644);
  await writeDurably(join(folder, PRIVATE), privateKey);
  return true;
}

/** Loads the signing key. Throws `no-signing-key`. */
export async function openSigner(folder: string): Promise<Signer> {
  const armored = await readIfThere(join(folder, PRIVATE));
  if (!armored) {
    throw new GreffierError('no-signing-key', `no signing key in ${folder}`, {
      hint: 'run greffier setup as root',
    });
  }
  const key: PrivateKey = await readPrivateKey({ armoredKey: armored });
  return {
    fingerprint: key.getFingerprint(),
    publicKey: key.toPublic().armor(),
    async sign(content) {
      const message = await createMessage({ binary: content });
      return sign({ message, signingKeys: key, detached: true, format: 'armored' });
    },
  };
}

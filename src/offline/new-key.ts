// Keys in the one form that gpg 2.2, gpg 2.4 and sq all open (appliance/decisions/0003). Used offline and in the
// browser; which is why nothing of Node is in it.

import { generateKey } from 'openpgp';

export interface NewKey {
  /** Armored; protected when a passphrase was given. */
  privateKey: string;
  publicKey: string;
  fingerprint: string;
  /** What makes the key invalid, when its private part was lost or stolen. */
  revocationCertificate: string;
}

export interface KeyWish {
  name: string;
  email?: string | undefined;
  passphrase?: string | undefined;
  years?: number | undefined;
  /** When it says it was made; now, when left out. */
  date?: Date | undefined;
}

const YEAR_S = 365 * 86_400;

/** Makes a key for recordings. */
export async function makeKey({ name, email, passphrase, years, date }: KeyWish): Promise<NewKey> {
  const made = await generateKey({
    type: 'ecc',
    curve: 'curve25519Legacy',
    userIDs: [{ name, ...(email && { email }) }],
    format: 'object',
    ...(passphrase !== undefined && { passphrase }),
    ...(date !== undefined && { date }),
    ...(years !== undefined && { keyExpirationTime: years * YEAR_S }),
    // Whatever a later version of the library prefers: older readers decide.
    config: { v6Keys: false, aeadProtect: false },
  });
  return {
    privateKey: made.privateKey.armor(),
    publicKey: made.publicKey.armor(),
    fingerprint: made.publicKey.getFingerprint(),
    revocationCertificate: made.revocationCertificate,
  };
}

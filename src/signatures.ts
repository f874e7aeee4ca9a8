// Signatures of this appliance, verified as a stranger would: with the public key alone.

import { createMessage, type PublicKey, readKey, readSignature, verify } from 'openpgp';
import { reasonOf } from './shared/errors.ts';

/** Why a detached signature is not good; undefined when it is. */
export type WhyBad = (content: Uint8Array, signature: string) => Promise<string | undefined>;

/**
 * Verifies by one armored public key.
 * @param leewayMs how far ahead the clock of whoever signed may be
 */
export async function verifier(publicKey: string, leewayMs = 0): Promise<WhyBad> {
  const verificationKeys: PublicKey = await readKey({ armoredKey: publicKey });
  return async (content, armoredSignature) => {
    try {
      const signature = await readSignature({ armoredSignature });
      const message = await createMessage({ binary: content });
      const date = new Date(Date.now() + leewayMs);
      const { signatures } = await verify({ message, signature, verificationKeys, date });
      if (signatures.length === 0) return 'there is no signature in it';
      await Promise.all(signatures.map(({ verified }) => verified));
      return undefined;
    } catch (error) {
      return reasonOf(error);
    }
  };
}

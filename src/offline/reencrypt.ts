// Encrypting again: another session key, so another header, another body. For when a session key itself has become
// known, or another profile is wanted. It needs the whole recording and is done where the private key is.

import {
  createMessage,
  decrypt,
  encrypt,
  generateSessionKey,
  type PrivateKey,
  type PublicKey,
  readMessage,
  type SessionKey,
} from 'openpgp';
import { openSessionKey, sealSessionKey } from './rewrap.ts';

export const REENCRYPTED_FORMAT = 'greffier-reencrypted-1';

/** The sealed parts of a recording. */
export interface SealedParts {
  header: Uint8Array;
  body: Uint8Array;
  details: Uint8Array;
}

/** Opens a recording and seals it again. Throws `wrong-key`, and for a ciphertext that was altered. */
export async function reencrypt(
  { header, body, details }: SealedParts,
  from: PrivateKey,
  to: PublicKey[],
): Promise<SealedParts> {
  const before = await openSessionKey(header, from);
  const after = await generateSessionKey({ encryptionKeys: to });
  return {
    header: await sealSessionKey(after, to),
    body: await again(body, before, after),
    details: await again(details, before, after),
  };
}

async function again(sealed: Uint8Array, before: SessionKey, after: SessionKey): Promise<Uint8Array> {
  const message = await readMessage({ binaryMessage: sealed });
  const { data } = await decrypt({ message, sessionKeys: before, format: 'binary' });
  const clear = await createMessage({ binary: data as Uint8Array });
  return encrypt({ message: clear, sessionKey: after, format: 'binary' }) as Promise<Uint8Array>;
}

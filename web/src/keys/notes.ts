/**
 * Short texts under the session key of a message: what is written about a recording opens with the recording's own header,
 * before and after a rotation, and with nothing else.
 */
import { createMessage, decrypt, encrypt, readMessage, type SessionKey } from 'openpgp';
import { bytesOf, textOf } from './base64.ts';

/** Each note opened; null for one that does not open with this key. */
export function openNotes(sessionKeys: SessionKey[], sealed: string[]): Promise<(string | null)[]> {
  return Promise.all(
    sealed.map(async (one) => {
      try {
        const message = await readMessage({ binaryMessage: bytesOf(one) });
        return String((await decrypt({ message, sessionKeys })).data);
      } catch {
        return null;
      }
    }),
  );
}

/** A note as one packet of encrypted data, version 1, which gpg 2.2 opens behind the header; in base64. */
export async function sealNote(sessionKey: SessionKey, text: string): Promise<string> {
  const { data, algorithm } = sessionKey;
  const message = await createMessage({ text });
  const sealed = await encrypt({
    message,
    sessionKey: { data, algorithm },
    format: 'binary',
    config: { aeadProtect: false },
  });
  return textOf(sealed as Uint8Array);
}

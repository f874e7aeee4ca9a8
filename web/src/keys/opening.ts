/**
 * Fetches a message and decrypts it. Over a slow line it is decrypted while it comes, so that line and processor work at the
 * same time; what has come soon is decrypted in one piece, which costs half as much. OpenPGP.js keeps all of it back,
 * either way, until its end is there and proves that nothing was changed.
 */
import { config, decrypt, decryptSessionKeys, type PrivateKey, readMessage, type SessionKey } from 'openpgp';
import { joined } from '../../../src/shared/packets.ts';
import { ApiError, errorOf } from '../shared/api-error.ts';
import { answerTo } from '../shared/fetching.ts';
import type { Progress } from '../shared/opener.ts';
import { arriving, type Bytes, type Sealed } from './arriving.ts';
import { openFailure } from './failures.ts';

// Nothing of a message is handed out before its integrity is proven.
config.allowUnauthenticatedStream = false;

export interface Opened {
  plain: ArrayBuffer;
  sessionKeys: SessionKey[];
}

/**
 * Opens the message at an address. Throws ApiError: what the server says, `unreachable`, `sealed-to-others`,
 * `message-damaged`.
 */
export async function openFrom(
  address: string,
  decryptionKeys: PrivateKey[],
  report: (progress: Progress) => void,
): Promise<Opened> {
  const answer = await answerTo(address).catch(() => {
    throw new ApiError('unreachable', `no answer from ${new URL(address, location.href).pathname}`);
  });
  if (!answer.ok || !answer.body) throw await errorOf(answer);
  const { sealed, broken } = await arriving(answer.body, report);
  try {
    const message = await messageOf(sealed);
    const sessionKeys = (await decryptSessionKeys({ message, decryptionKeys })) as SessionKey[];
    const { data } = await decrypt({ message, sessionKeys, format: 'binary' });
    return { plain: await wholeOf(data as Bytes | ReadableStream<Bytes>), sessionKeys };
  } catch (error) {
    // A line that broke off looks like a message that was cut off.
    throw broken() ?? openFailure(error);
  }
}

/** Recordings come in binary form; a message that is also meant for other tools comes as text, and is short. */
async function messageOf({ first, rest }: Sealed) {
  const armored = first[0] === '-'.charCodeAt(0);
  const binaryMessage = rest ?? first;
  if (!armored) return readMessage({ binaryMessage });
  return readMessage({ armoredMessage: await new Response(binaryMessage).text() });
}

/** In memory of its own, which can be handed to another thread: what the library returns may be a part of something larger. */
async function wholeOf(data: Bytes | ReadableStream<Bytes>): Promise<ArrayBuffer> {
  if (data instanceof Uint8Array) return data.slice().buffer;
  const pieces: Bytes[] = [];
  const reader = data.getReader();
  for (let { value } = await reader.read(); value; { value } = await reader.read()) pieces.push(value);
  return joined(pieces).buffer;
}

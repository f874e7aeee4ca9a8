// A recording as the one OpenPGP message that it is: header and body behind each other, as they lie on the disk.

import { Readable } from 'node:stream';
import type { Vault } from './vault/vault.ts';

export interface SealedMessage {
  stream: NodeJS.ReadableStream;
  /** Exactly as many as come: whoever is promised more waits for them for ever. */
  bytes: number;
}

/** What is damaged, too short or not there at all is told by whoever opens it: a message says itself that it is not whole. */
export async function sealedMessage(
  vault: Vault,
  id: string,
  day: Date,
  header: Buffer,
): Promise<SealedMessage> {
  const body = (await vault.sizes(id, day))['body.pgp'] ?? 0;
  return { stream: Readable.from(partsOf(vault, id, day, header, body)), bytes: header.length + body };
}

async function* partsOf(vault: Vault, id: string, day: Date, header: Buffer, body: number) {
  yield header;
  if (body === 0) return;
  for await (const chunk of vault.stream(id, day, 'body')) yield chunk as Buffer;
}

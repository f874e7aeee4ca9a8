/** Headers go back in batches: small enough for the server to take, and for the progress to move. */
import type { SealedHeader } from '../shared/key-types.ts';

/** The server takes two hundred; fewer let the progress move, and each is a line of the audit log. */
const MOST_HEADERS = 100;
/** A header with many recipients, or with RSA keys, is long. */
const MOST_CHARACTERS = 1_000_000;

export function batchesOf(headers: SealedHeader[]): SealedHeader[][] {
  const batches: SealedHeader[][] = [];
  let room = 0;
  for (const header of headers) {
    const batch = batches.at(-1);
    const size = header.id.length + header.header.length;
    if (batch && batch.length < MOST_HEADERS && size <= room) batch.push(header);
    else {
      batches.push([header]);
      room = MOST_CHARACTERS;
    }
    room -= size;
  }
  return batches;
}

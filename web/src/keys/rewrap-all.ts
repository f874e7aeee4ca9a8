/** The worker's part of a replacement: a row of headers in, a row of headers out, and each refusal by its name. */
import type { PrivateKey } from 'openpgp';
import { ApiError } from '../shared/api-error.ts';
import type { SealedHeader } from '../shared/key-types.ts';
import { bytesOf, textOf } from './base64.ts';
import type { Replacement, Rewrapped } from './protocol.ts';
import { createRewrap, RewrapError } from './rewrap.ts';

/** Goes through all of them; one that is refused does not stop the others. Throws ApiError when a key is wrong. */
export async function rewrapAll(
  holder: PrivateKey,
  rotation: Replacement,
  headers: SealedHeader[],
): Promise<Rewrapped> {
  const rewrap = await createRewrap({ holder, ...rotation }).catch(stop);
  const outcome: Rewrapped = { headers: [], already: 0, refused: [] };
  for (const { id, header } of headers) {
    try {
      const done = await rewrap(bytesOf(header));
      if (done) outcome.headers.push({ id, header: textOf(done) });
      else outcome.already++;
    } catch (error) {
      if (!(error instanceof RewrapError)) outcome.refused.push({ id, reason: 'header-damaged' });
      else if (error.code.startsWith('header-')) outcome.refused.push({ id, reason: error.code });
      else stop(error);
    }
  }
  return outcome;
}

function stop(error: unknown): never {
  if (error instanceof RewrapError) throw new ApiError(error.code, error.message);
  throw error;
}

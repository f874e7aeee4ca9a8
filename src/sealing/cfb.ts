// AES-256 in CFB mode as SEIPD version 1 asks for (RFC 9580 section 5.13.1: IV of zeros), with what node:crypto's own
// cipher lacks: it knows where it is, and a copy can be made of it at any place.

import { createCipheriv } from 'node:crypto';

export const BLOCK = 16;

export interface Cfb {
  /** Bytes encrypted so far. */
  position(): number;
  update(plain: Buffer): Buffer;
  /** A second cipher in the same state; it counts its position anew. */
  fork(): Cfb;
}

/**
 * @param key 32 bytes
 * @param before the ciphertext block that comes before
 * Throws `RangeError` when the key is of another length.
 */
export function createCfb(key: Uint8Array, before: Buffer = Buffer.alloc(BLOCK)): Cfb {
  if (key.length !== 32) throw new RangeError(`a session key for AES-256 has 32 bytes, not ${key.length}`);
  const cipher = createCipheriv('aes-256-cfb', key, before);
  let position = 0;
  // The last whole block of ciphertext with what follows it, and the plain text of what follows it.
  let [sealedEnd, openBlock] = [before, Buffer.alloc(0)];
  return {
    position: () => position,
    update(plain) {
      const sealed = cipher.update(plain);
      position += plain.length;
      const rest = position % BLOCK;
      sealedEnd = lastOf(sealedEnd, sealed, BLOCK + rest);
      openBlock = lastOf(openBlock, plain, rest);
      return sealed;
    },
    fork() {
      const copy = createCfb(key, sealedEnd.subarray(0, BLOCK));
      copy.update(openBlock);
      return copy;
    },
  };
}

/** The last so many bytes of two buffers, one after the other. */
function lastOf(first: Buffer, second: Buffer, bytes: number): Buffer<ArrayBuffer> {
  const both = Buffer.concat([first, second.subarray(Math.max(0, second.length - bytes))]);
  return both.subarray(both.length - bytes);
}

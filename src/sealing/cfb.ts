// AES-256 in CFB mode as SEIPD version 1 asks for (RFC 9580 section 5.13.1: IV of zeros), with what node:crypto's own
// cipher lacks: it knows where it is, and a copy can be made of it at any place.
//
// It is made of CBC, which OpenSSL does faster than its CFB: what CFB adds to a block of plain text is E(the ciphertext
// before), and that is what CBC makes of the plain text before. So CBC over the plain text is the key stream of CFB,
// one block late.

import { createCipheriv, createSecretKey, type KeyObject } from 'node:crypto';
import { createScratch, release, type Scratch } from '../shared/scratch.ts';

export const BLOCK = 16;
const WORD = 4;
const ZEROS = Buffer.alloc(BLOCK);

export interface Cfb {
  /** Bytes encrypted so far. */
  position(): number;
  /** The ciphertext, which stays as it is until the next call. The plain text is left as it is. */
  update(plain: Buffer): Buffer;
  /** A second cipher in the same state; it counts its position anew. */
  fork(): Cfb;
}

/**
 * @param key 32 bytes
 * Throws `RangeError` when the key is of another length.
 */
export function createCfb(key: Uint8Array): Cfb {
  if (key.length !== 32) throw new RangeError(`a session key for AES-256 has 32 bytes, not ${key.length}`);
  // Made ready once: a copy is made at every flush.
  const ready = createSecretKey(key);
  return cfbFrom(ready, createCipheriv('aes-256-cbc', ready, ZEROS).update(ZEROS));
}

/** @param first key stream of the block that it begins with */
function cfbFrom(key: KeyObject, first: Buffer): Cfb {
  const cbc = createCipheriv('aes-256-cbc', key, first);
  // Of the block that is open: its key stream, and the plain text that is there of it.
  let [stream, openBlock] = [first, Buffer.alloc(0)];
  let position = 0;
  const scratch = createScratch();
  return {
    position: () => position,
    update(plain) {
      const open = position % BLOCK;
      const streams = cbc.update(plain);
      const blocks = inBlocks(scratch, open, plain);
      for (let at = open; at < BLOCK; at += 1) blocks[at] = (blocks[at] ?? 0) ^ (stream[at] ?? 0);
      addUp(blocks, BLOCK, streams);
      if (streams.length) stream = Buffer.from(streams.subarray(-BLOCK));
      release(streams);
      position += plain.length;
      openBlock = lastOf(openBlock, plain, position % BLOCK);
      return blocks.subarray(open, open + plain.length);
    },
    fork() {
      const copy = cfbFrom(key, stream);
      copy.update(openBlock);
      return copy;
    },
  };
}

/** A copy of it, whole blocks long, behind room for what is there of the first one. */
function inBlocks(scratch: Scratch, open: number, plain: Buffer): Buffer<ArrayBuffer> {
  const blocks = scratch(Math.max(1, Math.ceil((open + plain.length) / BLOCK)) * BLOCK);
  plain.copy(blocks, open);
  return blocks;
}

/** Adds key stream to blocks from one place on, in words: byte for byte takes five times as long. */
function addUp(blocks: Buffer<ArrayBuffer>, from: number, streams: Buffer): void {
  const sums = new Int32Array(blocks.buffer, blocks.byteOffset + from, (blocks.length - from) / WORD);
  const added = wordsOf(streams);
  const length = Math.min(sums.length, added.length);
  for (let at = 0; at < length; at += 1) sums[at] = (sums[at] as number) ^ (added[at] as number);
}

/** Its words; a copy when it does not begin where one may. */
function wordsOf(bytes: Buffer): Int32Array {
  const { buffer, byteOffset } = bytes.byteOffset % WORD === 0 ? bytes : Buffer.from(new Uint8Array(bytes));
  return new Int32Array(buffer, byteOffset, bytes.length / WORD);
}

/** The last so many bytes of two buffers, one after the other; a copy. */
function lastOf(first: Buffer, second: Buffer, bytes: number): Buffer<ArrayBuffer> {
  const of = Math.max(0, bytes - second.length);
  return Buffer.concat([first.subarray(first.length - of), second.subarray(-bytes || second.length)]);
}

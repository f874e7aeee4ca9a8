// Writes the body of one OpenPGP message as it comes: a SEIPD version 1 packet (RFC 9580 section 5.13.1) around one
// literal packet, both in parts. OpenPGP.js does so too; it cannot, however, say at any moment how the message would
// end if nothing followed. That ending is what a power cut needs, since the session key goes with the machine's
// memory: prepared in time and kept beside the body, it closes what was written (appliance/decisions/0011).
//
// The ending and what really follows are two texts under one key at one place. In CFB mode they share the key stream
// of the AES block in which they part, and of none after it. So every write ends where the next byte, a length that
// tells nothing, is the last of its block: no byte of audio shares its key stream with anything.

import { createHash, randomBytes } from 'node:crypto';
import { createScratch } from '../shared/scratch.ts';
import { BLOCK, createCfb } from './cfb.ts';
import { DIVISIBLE, FIRST_PART, inParts, lengthBytes, partsModulo, partsOf } from './parts.ts';

const NOTHING = Buffer.alloc(0);
/** Tag 18, new format; and its version. */
const SEIPD = Buffer.from([0xd2]);
const VERSION = Buffer.from([1]);
/** Tag 11, new format; and what it begins with: binary, no name, no date. */
const LITERAL = Buffer.from([0xcb]);
const LITERAL_START = Buffer.from([0x62, 0, 0, 0, 0, 0]);
/** Tag 19 and its length: a SHA-1 follows. */
const MDC = Buffer.from([0xd3, 0x14]);

export interface MessageWriter {
  /**
   * Ciphertext to add to the body, which stays as it is until the next call. Bytes that are too few to be written are
   * kept for the next time.
   */
  write(data: Uint8Array): Buffer;
  /** What would end the message after what was written last; undefined before. Changes nothing. */
  ending(): Buffer | undefined;
  /** The last ciphertext: what was kept, and the end. */
  end(): Buffer;
}

/**
 * Begins the body of a message.
 * @param key session key for AES-256: 32 bytes
 * Throws `RangeError` when the key is of another length.
 */
export function writeMessage(key: Uint8Array): MessageWriter {
  const cipher = createCfb(key);
  const hash = createHash('sha1');
  let waiting: Buffer = LITERAL_START;
  let begun = false;
  const [textRoom, messageRoom] = [createScratch(), createScratch()];

  function seal(plain: Buffer): Buffer {
    hash.update(plain);
    return cipher.update(plain);
  }

  /** What comes before the literal packet's parts. */
  function beginning(): Buffer {
    return Buffer.concat([VERSION, Buffer.from(seal(prefix())), seal(LITERAL)]);
  }

  /** The last part of the literal packet, and the check sum of everything before. */
  function closing(data: Buffer): Buffer {
    const text = Buffer.concat([lengthBytes(data.length), data, MDC]);
    return Buffer.concat([text, hash.copy().update(text).digest()]);
  }

  return {
    write(data) {
      // Copied when it is kept: whose memory it lies in may be used again.
      const all = waiting.length > 0 ? Buffer.concat([waiting, data]) : bufferOf(data);
      waiting = NOTHING;
      if (all.length < (begun ? 0 : FIRST_PART) + DIVISIBLE) {
        waiting = Buffer.from(all);
        return NOTHING;
      }
      const start = begun ? NOTHING : beginning();
      const remainder = modulo(BLOCK - 1 - cipher.position() - all.length);
      const inner = partsModulo(all.length, remainder);
      const sealed = seal(inParts(all, inner, textRoom(all.length + inner.length)));
      const content = begun ? sealed : Buffer.concat([start, sealed]);
      const outer = partsOf(content.length);
      const head = begun ? 0 : SEIPD.length;
      const whole = messageRoom(head + content.length + outer.length);
      if (!begun) SEIPD.copy(whole);
      inParts(content, outer, whole.subarray(head));
      begun = true;
      return whole;
    },
    ending() {
      if (!begun || waiting.length > 0) return undefined;
      const sealed = cipher.fork().update(closing(NOTHING));
      return Buffer.concat([lengthBytes(sealed.length), sealed]);
    },
    end() {
      const start = begun ? NOTHING : beginning();
      const sealed = Buffer.concat([start, cipher.update(closing(waiting))]);
      return Buffer.concat([begun ? NOTHING : SEIPD, lengthBytes(sealed.length), sealed]);
    },
  };
}

/** The same bytes, not copied. */
function bufferOf({ buffer, byteOffset, length }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, length);
}

/** 16 random bytes, and the last two of them again. */
function prefix(): Buffer {
  const random = randomBytes(BLOCK);
  return Buffer.concat([random, random.subarray(BLOCK - 2)]);
}

function modulo(value: number): number {
  return ((value % BLOCK) + BLOCK) % BLOCK;
}

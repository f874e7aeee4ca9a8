// Pages of one logical stream of Ogg (RFC 3533 section 6).

import { randomBytes } from 'node:crypto';

const HEADER_BYTES = 27;
const SUM_AT = 22;
/** A packet lies in segments of 255 bytes, and a last one that is shorter, be it empty. */
const SEGMENT = 255;
const MOST_SEGMENTS = 255;
const [FIRST, LAST] = [2, 4];

export interface Ogg {
  /**
   * The next page, with these packets whole in it.
   * @param position samples of 48 kHz up to its end
   * @param last whether it ends the stream
   * Throws `RangeError` when they do not fit into one page.
   */
  page(packets: Uint8Array[], position: number, last?: boolean): Buffer;
}

/** Begins a stream. */
export function createOgg(): Ogg {
  const serial = randomBytes(4).readUInt32LE();
  let number = 0;
  return {
    page(packets, position, last = false) {
      const segments = packets.flatMap(({ length }) => [
        ...Array<number>(Math.floor(length / SEGMENT)).fill(SEGMENT),
        length % SEGMENT,
      ]);
      if (segments.length > MOST_SEGMENTS)
        throw new RangeError(
          `${packets.length} packets take ${segments.length} segments: too many for a page`,
        );
      const header = Buffer.alloc(HEADER_BYTES);
      header.write('OggS', 'latin1');
      header[5] = (number === 0 ? FIRST : 0) | (last ? LAST : 0);
      header.writeBigInt64LE(BigInt(position), 6);
      header.writeUInt32LE(serial, 14);
      header.writeUInt32LE(number, 18);
      header[26] = segments.length;
      number += 1;
      const page = Buffer.concat([header, Uint8Array.from(segments), ...packets]);
      page.writeUInt32LE(crc32(page), SUM_AT);
      return page;
    },
  };
}

/** Polynomial 0x04c11db7, begun with zero, highest bit first: not the one that zlib has. */
const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte << 24;
  for (let bit = 0; bit < 8; bit += 1) value = value & 0x80000000 ? (value << 1) ^ 0x04c11db7 : value << 1;
  return value;
});

function crc32(bytes: Uint8Array): number {
  let value = 0;
  for (const byte of bytes) value = (value << 8) ^ (TABLE[(value >>> 24) ^ byte] as number);
  return value >>> 0;
}

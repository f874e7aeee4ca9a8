// Lengths of packets (RFC 9580 section 4.2.1): a whole packet says its length, a packet that comes in parts the length
// of each part, a power of two.

/** The first part of a packet has at least so many bytes (section 4.2.1.4). */
export const FIRST_PART = 512;
const LARGEST_PART = 1 << 16;
/** Any number of bytes from this one on can be given in any number of parts modulo sixteen. */
export const DIVISIBLE = 16;

/** Sizes of the fewest parts that make up so many bytes, the largest first. */
export function partsOf(bytes: number): number[] {
  const sizes: number[] = [];
  for (let left = bytes; left > 0; left -= sizes.at(-1) ?? 0)
    sizes.push(Math.min(LARGEST_PART, 2 ** Math.floor(Math.log2(left))));
  return sizes;
}

/**
 * As partsOf, with as many more parts as it takes for their number to be `remainder` modulo sixteen.
 * @param bytes at least DIVISIBLE, and that much more than FIRST_PART when the packet begins with them
 */
export function partsModulo(bytes: number, remainder: number): number[] {
  const sizes = partsOf(bytes);
  while (sizes.length % DIVISIBLE !== remainder) {
    const at = sizes.findLastIndex((size) => size > 1);
    const half = (sizes[at] ?? 0) / 2;
    sizes.splice(at, 1, half, half);
  }
  return sizes;
}

/**
 * Content in parts of these sizes, each with its length before it; another part or a last one must follow.
 * @param room as many bytes as the content and its parts; where it is laid, and returned
 */
export function inParts(content: Buffer, sizes: number[], room: Buffer): Buffer {
  let [from, to] = [0, 0];
  for (const size of sizes) {
    room[to] = 0xe0 | Math.log2(size);
    content.copy(room, to + 1, from, from + size);
    from += size;
    to += size + 1;
  }
  return room;
}

/** The length of a whole packet, or of the last part of one. */
export function lengthBytes(bytes: number): Buffer {
  if (bytes < 192) return Buffer.from([bytes]);
  if (bytes < 8_384) return Buffer.from([((bytes - 192) >> 8) + 192, (bytes - 192) & 0xff]);
  const long = Buffer.alloc(5, 0xff);
  long.writeUInt32BE(bytes, 1);
  return long;
}

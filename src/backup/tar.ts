// Many small files as one, in the plain form that every tar reads (POSIX ustar). They are written and read as they come:
// half a million headers take no more memory than one. Only ordinary files with short names are in it, so what is read
// can make no link, no device and no folder.

import { GreffierError } from '../shared/errors.ts';

const BLOCK = 512;
const LONGEST_NAME = 100;
/** Small files are gathered before they are written: a share answers few large writes sooner than many small ones. */
const CHUNK = 256 << 10;
/** No file in a set is larger: whatever says so is damaged. */
const LARGEST = 16 << 20;

export interface TarEntry {
  /** Path in the archive, with `/` between its parts. */
  name: string;
  content: Uint8Array;
}

/** Writes entries as an archive. Throws `bad-archive` for a name that does not fit into it. */
export async function* tarOf(
  entries: AsyncIterable<TarEntry> | Iterable<TarEntry>,
  at: Date,
): AsyncGenerator<Buffer> {
  let waiting: Uint8Array[] = [];
  let bytes = 0;
  for await (const { name, content } of entries) {
    const padding = Buffer.alloc(padded(content.length) - content.length);
    const parts = [headOf(name, content.length, at), content, padding];
    waiting.push(...parts);
    bytes += parts.reduce((sum, { length }) => sum + length, 0);
    if (bytes < CHUNK) continue;
    yield Buffer.concat(waiting);
    [waiting, bytes] = [[], 0];
  }
  yield Buffer.concat([...waiting, Buffer.alloc(2 * BLOCK)]);
}

/** Reads an archive, entry by entry. Throws `bad-archive` when it is cut off or holds anything but such files. */
export async function* untar(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<TarEntry> {
  const take = taker(chunks);
  for (;;) {
    const head = await take(BLOCK);
    if (head.every((octet) => octet === 0)) return;
    if (octalAt(head, 148, 8) !== sumOf(head)) throw bad('a check sum in it is wrong');
    const [name, size] = [textAt(head, 0, LONGEST_NAME), octalAt(head, 124, 12)];
    if (head[156] !== 0x30 || size > LARGEST) throw bad(`${name} is no small, ordinary file`);
    const content = await take(padded(size));
    yield { name, content: content.subarray(0, size) };
  }
}

function headOf(name: string, size: number, at: Date): Buffer {
  if (Buffer.byteLength(name) > LONGEST_NAME) throw bad(`the name ${name} is too long`);
  const head = Buffer.alloc(BLOCK);
  const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, '0')}\0`;
  head.write(name, 0);
  head.write(octal(0o600, 7), 100);
  head.write(octal(0, 7), 108);
  head.write(octal(0, 7), 116);
  head.write(octal(size, 11), 124);
  head.write(octal(Math.floor(at.getTime() / 1000), 11), 136);
  head.write('0', 156);
  head.write('ustar\x0000', 257);
  head.write(`${sumOf(head).toString(8).padStart(6, '0')}\0 `, 148);
  return head;
}

/** The sum of a head, its own field counted as spaces. */
function sumOf(head: Uint8Array): number {
  return head.reduce((sum, octet, at) => sum + (at >= 148 && at < 156 ? 0x20 : octet), 0);
}

function taker(chunks: AsyncIterable<Uint8Array>): (bytes: number) => Promise<Buffer> {
  const source = chunks[Symbol.asyncIterator]();
  let held: Buffer = Buffer.alloc(0);
  return async (bytes) => {
    const parts = [held];
    for (let length = held.length; length < bytes; ) {
      const { value, done } = await source.next();
      if (done) throw bad('it is cut off');
      parts.push(Buffer.from(value));
      length += value.length;
    }
    const all = parts.length === 1 ? held : Buffer.concat(parts);
    held = all.subarray(bytes);
    return all.subarray(0, bytes);
  };
}

function padded(size: number): number {
  return Math.ceil(size / BLOCK) * BLOCK;
}

function textAt(head: Buffer, at: number, length: number): string {
  return head.toString('utf8', at, at + length).replace(/\0.*$/s, '');
}

function octalAt(head: Buffer, at: number, length: number): number {
  return Number.parseInt(textAt(head, at, length).trim() || '0', 8);
}

function bad(reason: string): GreffierError {
  return new GreffierError('bad-archive', `the archive cannot be used: ${reason}`);
}

/** Files of a tar as POSIX describes it (ustar): a header of 512 bytes, then the content in blocks of as many. */

const BLOCK = 512;
const FILE = ['0', '\0'];

/** The files in it, in order; of a tar that is cut off, those that are whole. */
export function untar(tar: Uint8Array<ArrayBuffer>): { name: string; bytes: Uint8Array<ArrayBuffer> }[] {
  const files = [];
  for (let at = 0; at + BLOCK <= tar.length; ) {
    const field = (from: number, length: number) =>
      (new TextDecoder().decode(tar.subarray(at + from, at + from + length)).split('\0')[0] ?? '').trim();
    const name = field(0, 100);
    const size = Number.parseInt(field(124, 12), 8);
    if (!name || !Number.isFinite(size)) break;
    const start = at + BLOCK;
    if (start + size > tar.length) break;
    const kind = String.fromCharCode(tar[at + 156] ?? 0);
    const prefix = field(345, 155);
    if (FILE.includes(kind))
      files.push({ name: prefix ? `${prefix}/${name}` : name, bytes: tar.slice(start, start + size) });
    at = start + Math.ceil(size / BLOCK) * BLOCK;
  }
  return files;
}

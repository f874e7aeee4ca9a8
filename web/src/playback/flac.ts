/**
 * FLAC written while the call goes on does not know its own length, so a browser cannot seek in it well.
 * Once the samples are counted, the length is written into the first block (RFC 9639, STREAMINFO: 36 bits at byte 21).
 */

const MARKER = 'fLaC';
const TOTAL_AT = 21;
const STREAMINFO_END = 42;

/** The same FLAC with its length stated, in parts to be put together. */
export function withLength(flac: Uint8Array<ArrayBuffer>, frames: number): Uint8Array<ArrayBuffer>[] {
  const head = flac.slice(0, STREAMINFO_END);
  const known =
    String.fromCharCode(...head.subarray(0, MARKER.length)) === MARKER && head.length === STREAMINFO_END;
  if (known) {
    const view = new DataView(head.buffer);
    const upper = (head[TOTAL_AT] ?? 0) & 0xf0;
    view.setUint8(TOTAL_AT, upper | Math.floor(frames / 2 ** 32));
    view.setUint32(TOTAL_AT + 1, frames % 2 ** 32);
  }
  return [head, flac.subarray(head.length)];
}

// The header of a recording is session key packets of version 3, one for each recipient, and nothing else (RFC 4880,
// sections 4.2 and 5.1). Whoever wraps a session key anew may use another program than ours, so the older form of a
// packet's length is read too.

import { GreffierError } from './errors.ts';

const PKESK = 1;

/** How many recipients a header is for. Throws `bad-header` unless it is whole packets of that kind, at least one. */
export function countSessionKeys(header: Uint8Array): number {
  let count = 0;
  for (let at = 0; at < header.length; count += 1) {
    const { tag, start, end } = packetAt(header, at);
    if (tag !== PKESK || header[start] !== 3 || end > header.length)
      throw badHeader(`packet ${count} of the header is not a whole session key packet of version 3`);
    at = end;
  }
  if (count === 0) throw badHeader('the header is empty');
  return count;
}

/** Where the packet that begins there has its content. A length that is given in parts, or not at all, is refused. */
function packetAt(bytes: Uint8Array, at: number): { tag: number; start: number; end: number } {
  const [first = 0, one = 0, two = 0] = bytes.subarray(at, at + 3);
  const wide = (from: number, octets: number) =>
    bytes.subarray(from, from + octets).reduce((value, octet) => value * 256 + octet, 0);
  const packet = (tag: number, start: number, length: number) => ({ tag, start, end: start + length });
  if ((first & 0xc0) === 0xc0) {
    const tag = first & 0x3f;
    if (one < 192) return packet(tag, at + 2, one);
    if (one < 224) return packet(tag, at + 3, (one - 192) * 256 + two + 192);
    if (one === 255) return packet(tag, at + 6, wide(at + 2, 4));
  } else if (first & 0x80 && (first & 3) < 3) {
    const octets = 2 ** (first & 3);
    return packet((first >> 2) & 0x0f, at + 1 + octets, wide(at + 1, octets));
  }
  throw badHeader(
    first === 0x2d ? 'the header is armored' : 'the header is no sequence of whole OpenPGP packets',
  );
}

function badHeader(message: string): GreffierError {
  return new GreffierError('bad-header', message, {
    hint: 'give the session key packets (PKESK, version 3) in binary, without the encrypted part',
    status: 400,
  });
}

// Our own messages, parsed before the clear audio goes: is it really what gpg 2.2 can open (RFC 4880 section 4.2)?
// The recipients' keys decide what the library emits, so this is looked at and not believed.

import { GreffierError } from '../shared/errors.ts';

const PKESK = 1;
const SEIPD = 18;

/**
 * Throws `bad-profile` unless the header is PKESK v3 packets, one for each recipient where their number is known, and
 * the body begins as SEIPD v1.
 */
export function checkProfile(header: Uint8Array, bodyStart: Uint8Array, recipients?: number): void {
  let count = 0;
  for (let at = 0; at < header.length; count += 1) {
    const packet = readPacket(header, at);
    if (packet.tag !== PKESK || header[packet.start] !== 3 || packet.length === undefined) {
      throw new GreffierError(
        'bad-profile',
        `packet ${count} of the header is not a version 3 session key packet`,
      );
    }
    at = packet.start + packet.length;
  }
  if (count !== (recipients ?? Math.max(1, count))) {
    throw new GreffierError(
      'bad-profile',
      `the header is for ${count} recipients and not for ${recipients ?? 'any'}`,
    );
  }
  const body = readPacket(bodyStart, 0);
  if (body.tag !== SEIPD || bodyStart[body.start] !== 1) {
    throw new GreffierError('bad-profile', 'the body is not a version 1 integrity protected packet');
  }
}

interface Packet {
  tag: number;
  /** Offset of the packet's content. */
  start: number;
  /** Undefined when the packet comes in parts, as streamed ones do. */
  length: number | undefined;
}

function readPacket(bytes: Uint8Array, at: number): Packet {
  const first = bytes[at] ?? 0;
  if ((first & 0xc0) !== 0xc0) throw new GreffierError('bad-profile', 'not a packet in the new format');
  const tag = first & 0x3f;
  const one = bytes[at + 1] ?? 0;
  if (one < 192) return { tag, start: at + 2, length: one };
  if (one < 224) return { tag, start: at + 3, length: ((one - 192) << 8) + (bytes[at + 2] ?? 0) + 192 };
  if (one === 255) {
    const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(at + 2);
    return { tag, start: at + 6, length };
  }
  return { tag, start: at + 2, length: undefined };
}

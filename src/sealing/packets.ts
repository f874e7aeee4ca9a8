// Our own messages, parsed before the clear audio goes: is it really what gpg 2.2 can open (RFC 4880 section 4.2)?
// The recipients' keys decide what the library emits, so this is looked at and not believed.

import { GreffierError } from '../shared/errors.ts';
import { packetHead, sessionKeyPackets } from '../shared/packets.ts';

const SEIPD = 18;

/**
 * Throws `bad-header` or `bad-profile` unless the header is PKESK v3 packets, one for each recipient where their number
 * is known, and the body begins as SEIPD v1.
 */
export function checkProfile(header: Uint8Array, bodyStart: Uint8Array, recipients?: number): void {
  const count = sessionKeyPackets(header).length;
  if (recipients !== undefined && count !== recipients)
    throw new GreffierError('bad-profile', `the header is for ${count} recipients and not for ${recipients}`);
  const { tag, start } = packetHead(bodyStart, 0);
  if (tag !== SEIPD || bodyStart[start] !== 1)
    throw new GreffierError('bad-profile', 'the body is not a version 1 integrity protected packet');
}

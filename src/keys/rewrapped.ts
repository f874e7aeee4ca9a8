// A header that comes back from the holder of a key. The box cannot open it, but it can see whom it is for: the key
// that goes has its packet no more, the one that comes has one, and nothing else has changed by a single byte.

import { reasonOf } from '../shared/errors.ts';
import { type SessionKeyPacket, sameBytes, sessionKeyPackets } from '../shared/packets.ts';
import type { Rotation } from './rotation-file.ts';

type Ids = Pick<Rotation, 'fromKeyIds' | 'toKeyIds'>;

/** Why a rewrapped header is not taken; undefined when it is. `former` is the header before the rotation. */
export function whyNotTaken(former: Uint8Array, given: Uint8Array, ids: Ids): string | undefined {
  let packets: SessionKeyPacket[];
  try {
    packets = sessionKeyPackets(given);
  } catch (error) {
    return reasonOf(error);
  }
  const before = sessionKeyPackets(former);
  if (!before.some(({ keyId }) => ids.fromKeyIds.includes(keyId)))
    return 'the recording is not sealed to the old key';
  if (packets.some(({ keyId }) => ids.fromKeyIds.includes(keyId))) return 'it is still for the old key';
  const kept = before.filter(({ keyId }) => !ids.fromKeyIds.includes(keyId));
  for (const { keyId, bytes } of kept) {
    const same = packets.filter((packet) => packet.keyId === keyId);
    if (same.length !== 1) return `it has ${same.length} packets for ${keyId}, which keeps its own`;
    if (!sameBytes(same[0]?.bytes ?? new Uint8Array(), bytes)) return `the packet for ${keyId} was changed`;
  }
  const fresh = packets.filter(({ keyId }) => !kept.some((one) => one.keyId === keyId));
  const stranger = fresh.find(({ keyId }) => !ids.toKeyIds.includes(keyId));
  if (stranger) return `it is for ${stranger.keyId}, which is not the new key`;
  const expected = kept.some(({ keyId }) => ids.toKeyIds.includes(keyId)) ? 0 : 1;
  return fresh.length === expected ? undefined : `it has ${fresh.length} packets for the new key`;
}

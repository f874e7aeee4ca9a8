// Who can open a wrapped group key, and how somebody is added or taken off. Only packets of public knowledge are moved:
// whom they are for can be read, what is in them cannot (RFC 4880, section 5.1).

import { GreffierError } from '../shared/errors.ts';
import { headOf, joined, sessionKeyPackets } from '../shared/packets.ts';

/** Somebody's keys, of now or of before. */
export interface Holder {
  user: string;
  /** Of the key they have now. */
  keyIds: string[];
  /** Of every key they ever had here. */
  everIds: string[];
}

export interface Member {
  /** Null when nobody's key is known by that id. */
  user: string | null;
  /** `former` when it is wrapped to a key that its owner has replaced since, and so opens it no more. */
  key: 'present' | 'former' | 'unknown';
}

/** Whom the wrapped key is for, each once; who opens it today counts as present. */
export function membersOf(wrapped: Uint8Array, holders: Holder[]): Member[] {
  const members = new Map<string | null, Member>();
  for (const { keyId } of sessionKeyPackets(headOf(wrapped).header)) {
    const now = holders.find(({ keyIds }) => keyIds.includes(keyId));
    const ever = now ?? holders.find(({ everIds }) => everIds.includes(keyId));
    const user = ever?.user ?? null;
    if (now || !members.has(user))
      members.set(user, { user, key: now ? 'present' : ever ? 'former' : 'unknown' });
  }
  return [...members.values()];
}

/**
 * The wrapped key with one more packet, made by a member. Throws `bad-wrapped-key` unless it is one session key packet
 * for that person's present key. What was wrapped to a former key of theirs goes.
 */
export function withMember(wrapped: Uint8Array, packet: Uint8Array, holder: Holder): Uint8Array {
  const { header, rest } = headOf(wrapped);
  const [given, ...more] = packetsIn(packet);
  if (!given || more.length > 0) throw misfit(`${more.length + 1} session key packets, and not one`);
  if (!holder.keyIds.includes(given.keyId))
    throw misfit(`it is for key ${given.keyId}, which is not that of ${holder.user}`);
  const kept = sessionKeyPackets(header).filter(({ keyId }) => !holder.everIds.includes(keyId));
  return joined([...kept.map(({ bytes }) => bytes), given.bytes, rest]);
}

/** The wrapped key without somebody's packets, of whatever key of theirs. Throws `last-member`, `no-such-member`. */
export function withoutMember(wrapped: Uint8Array, { user, keyIds, everIds }: Holder): Uint8Array {
  const { header, rest } = headOf(wrapped);
  const packets = sessionKeyPackets(header);
  const theirs = [...keyIds, ...everIds];
  const kept = packets.filter(({ keyId }) => !theirs.includes(keyId));
  if (kept.length === packets.length)
    throw new GreffierError('no-such-member', `the key is not wrapped to ${user}`, { status: 404 });
  if (kept.length === 0)
    throw new GreffierError('last-member', `${user} is the last who can open the key of the group`, {
      hint: 'share it with somebody else first, or rotate the key',
      status: 409,
    });
  return joined([...kept.map(({ bytes }) => bytes), rest]);
}

function packetsIn(packet: Uint8Array) {
  try {
    return sessionKeyPackets(packet);
  } catch (cause) {
    throw misfit(cause instanceof Error ? cause.message : String(cause));
  }
}

function misfit(reason: string): GreffierError {
  return new GreffierError('bad-wrapped-key', `the group key is not wrapped to its new member: ${reason}`, {
    hint: 'reload the page, and share it again',
    status: 400,
  });
}

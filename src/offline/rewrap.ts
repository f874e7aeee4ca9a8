// Rewrapping: the session key of a recording, opened with the key that held it so far and sealed to the one that comes
// after. It happens where the private key is, in the holder's browser or on a computer of their own, never on the box.

import {
  decryptSessionKeys,
  encryptSessionKey,
  type PrivateKey,
  type PublicKey,
  readMessage,
  type SessionKey,
} from 'openpgp';
import { GreffierError } from '../shared/errors.ts';
import { joined, sessionKeyPackets, toHex } from '../shared/packets.ts';

// OpenPGP.js opens session keys of whole messages only: an empty SEIPD version 1 packet makes the header one.
const NO_BODY = Uint8Array.of(0xd2, 0x01, 0x01);

/** The numbers that OpenPGP gives to the ciphers (RFC 4880, section 9.2). */
const CIPHERS: Record<string, number> = { tripledes: 2, cast5: 3, aes128: 7, aes192: 8, aes256: 9 };

/** Ids of all keys in a key, encryption subkeys too: what a header says of whom it is for. */
export function keyIdsOf(key: PublicKey): string[] {
  return key.getKeyIDs().map((id) => id.toHex());
}

/** Opens the session key of a header. Throws `wrong-key` when none of its packets is for that private key. */
export async function openSessionKey(header: Uint8Array, key: PrivateKey): Promise<SessionKey> {
  const packets = sessionKeyPackets(header);
  const ours = keyIdsOf(key);
  const mine = packets.filter(({ keyId }) => ours.includes(keyId));
  if (mine.length === 0) {
    throw new GreffierError(
      'wrong-key',
      `the header is for ${packets.map(({ keyId }) => keyId).join(', ')}, and not for ${ours.join(', ')}`,
      { hint: 'take the private key that the recording was sealed to' },
    );
  }
  const binaryMessage = joined([...mine.map(({ bytes }) => bytes), NO_BODY]);
  const message = await readMessage({ binaryMessage });
  // A key that has expired opens what was sealed to it before: that is what rotations are for.
  const [found] = await decryptSessionKeys({ message, decryptionKeys: key });
  if (!found?.algorithm) throw new GreffierError('wrong-key', 'the session key has no cipher');
  return { data: found.data, algorithm: found.algorithm };
}

/** Seals a session key to public keys: one packet for each. Throws when one of them cannot be used at that date. */
export function sealSessionKey(sessionKey: SessionKey, to: PublicKey[], date?: Date): Promise<Uint8Array> {
  return encryptSessionKey({
    ...sessionKey,
    encryptionKeys: to,
    format: 'binary',
    ...(date && { date }),
  });
}

/**
 * The header with the packets of the given private key replaced by packets for other keys. Those of all other
 * recipients stay as they are, byte for byte. Throws `wrong-key`, `bad-header`.
 */
export async function rewrapHeader(
  header: Uint8Array,
  from: PrivateKey,
  to: PublicKey[],
  date?: Date,
): Promise<Uint8Array> {
  const sessionKey = await openSessionKey(header, from);
  const gone = [...keyIdsOf(from), ...to.flatMap(keyIdsOf)];
  const others = sessionKeyPackets(header).filter(({ keyId }) => !gone.includes(keyId));
  return joined([await sealSessionKey(sessionKey, to, date), ...others.map(({ bytes }) => bytes)]);
}

/** A session key as `gpg --override-session-key` takes it: the cipher's number, a colon, hex digits. */
export function overrideOf({ algorithm, data }: SessionKey): string {
  return `${CIPHERS[algorithm]}:${toHex(data).toUpperCase()}`;
}

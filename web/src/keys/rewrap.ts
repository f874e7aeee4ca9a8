/**
 * The header of a recording, from an old key to a new one. A header is a row of PKESK packets, each the session key
 * locked for one recipient. The old recipient's is opened and left out, the new one's is added; every other packet
 * stays as it was, byte for byte. No audio is touched. Works on bytes only, in a browser and in Node alike.
 */
import { decryptSessionKeys, encryptSessionKey, type PrivateKey, readKey, readMessage } from 'openpgp';
import { joined } from '../../../src/shared/packets.ts';

const PKESK = 1;
const KEY_ID_AT = 1;
const KEY_ID_BYTES = 8;

/**
 * Why it does not go on. For all headers: `rotation-other-key`, `rotation-bad-target`.
 * For one: `header-other-key`, `header-damaged`.
 */
export class RewrapError extends Error {
  readonly code: string;

  constructor(code: string, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'RewrapError';
    this.code = code;
  }
}

export interface RewrapJob {
  /** The old key, unlocked. */
  holder: PrivateKey;
  /** Fingerprints of the key that goes and of the one that comes: of the whole key, or of its part that encrypts. */
  from: string;
  to: string;
  /** The public key that comes. It is checked against its fingerprint, since another could be passed off for it. */
  toArmored: string;
}

/** Gives the new header, or `null` for one that is for the new key already and not for the old one any more. */
export type Rewrap = (header: Uint8Array) => Promise<Uint8Array<ArrayBuffer> | null>;

/** Prepares for many headers. Throws RewrapError when one of the two keys is not what it is said to be. */
export async function createRewrap({ holder, from, to, toArmored }: RewrapJob): Promise<Rewrap> {
  const target = await readKey({ armoredKey: toArmored }).catch((cause: unknown) => {
    throw new RewrapError('rotation-bad-target', 'the new key cannot be read', cause);
  });
  if (!names(holder, from))
    throw new RewrapError('rotation-other-key', 'the unlocked key is not the old one');
  if (!names(target, to) || names(holder, to) || target.isPrivate())
    throw new RewrapError(
      'rotation-bad-target',
      'the new key does not have the fingerprint that was announced',
    );
  const [old, coming] = [idsOf(holder), idsOf(target)];

  return async (header) => {
    const packets = packetsOf(header);
    const kept = packets.filter((packet) => !old.has(packet.keyId));
    const known = kept.some((packet) => coming.has(packet.keyId));
    if (kept.length === packets.length) {
      if (known) return null;
      throw new RewrapError('header-other-key', 'this recording is not sealed to the old key');
    }
    const added = known ? [] : [await lockFor(target, header, holder)];
    return joined([...kept.map(({ bytes }) => bytes), ...added]);
  };
}

type AnyKey = Awaited<ReturnType<typeof readKey>>;

function partsOf(key: AnyKey) {
  return [key, ...key.getSubkeys()];
}

function names(key: AnyKey, fingerprint: string): boolean {
  const wanted = fingerprint.toLowerCase().replaceAll(/[^0-9a-f]/g, '');
  return partsOf(key).some((part) => part.getFingerprint() === wanted);
}

function idsOf(key: AnyKey): Set<string> {
  return new Set(partsOf(key).map((part) => part.getKeyID().toHex()));
}

/** The session key of a header, locked for one more recipient: one PKESK packet, version 3 as gpg wants it. */
async function lockFor(target: AnyKey, header: Uint8Array, holder: PrivateKey): Promise<Uint8Array> {
  const message = await readMessage({ binaryMessage: Uint8Array.from(header) });
  const [opened] = await decryptSessionKeys({ message, decryptionKeys: holder }).catch((cause: unknown) => {
    throw new RewrapError('header-damaged', 'the session key does not open', cause);
  });
  const { data, algorithm } = opened ?? {};
  if (!data || !algorithm) throw new RewrapError('header-damaged', 'there is no session key');
  const options = { data, algorithm: algorithm as 'aes256', encryptionKeys: target };
  const packet = (await encryptSessionKey({ ...options, format: 'binary' }).catch((cause: unknown) => {
    throw new RewrapError('rotation-bad-target', 'the new key does not encrypt', cause);
  })) as Uint8Array;
  data.fill(0);
  packetsOf(packet);
  return packet;
}

interface Packet {
  bytes: Uint8Array;
  keyId: string;
}

/** Every packet of a header, whole. Throws `header-damaged` at anything that is not a PKESK of version 3. */
function packetsOf(header: Uint8Array): Packet[] {
  const packets: Packet[] = [];
  for (let at = 0; at < header.length; ) {
    const { tag, start, end } = extentOf(header, at);
    if (tag !== PKESK || header[start] !== 3 || end > header.length)
      throw new RewrapError('header-damaged', `byte ${at} does not begin a session key packet`);
    const id = header.subarray(start + KEY_ID_AT, start + KEY_ID_AT + KEY_ID_BYTES);
    const keyId = [...id].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    packets.push({ bytes: header.subarray(at, end), keyId });
    at = end;
  }
  return packets;
}

/** Where the content of a packet begins and ends (RFC 9580, section 4.2.1): new format, of known length. */
function extentOf(bytes: Uint8Array, at: number): { tag: number; start: number; end: number } {
  const [first = 0, one = 0, two = 0] = bytes.subarray(at, at + 3);
  const tag = (first & 0xc0) === 0xc0 ? first & 0x3f : -1;
  if (one < 192) return { tag, start: at + 2, end: at + 2 + one };
  if (one < 224) return { tag, start: at + 3, end: at + 3 + ((one - 192) << 8) + two + 192 };
  return { tag: -1, start: at, end: at };
}

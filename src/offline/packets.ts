// The packets of a header, as bytes: who it is for can be read, compared and taken apart without any key
// (RFC 4880, sections 4.2 and 5.1). Used on the box, offline and in the browser alike.

import { GreffierError } from '../shared/errors.ts';

const PKESK = 1;

/** One session key packet. */
export interface SessionKeyPacket {
  /** Id (16 hex digits, lower case) of the encryption key that opens it. */
  keyId: string;
  /** The whole packet. */
  bytes: Uint8Array;
}

/** A packet of any kind, found at the beginning of some bytes. */
export interface Found {
  tag: number;
  /** Where its content begins, and where it ends; the end is undefined when it comes in parts. */
  start: number;
  end: number | undefined;
}

/** The packet that begins at that byte; old and new forms. Throws `bad-packet`. */
export function packetAt(bytes: Uint8Array, at: number): Found {
  const [first = 0, one = 0] = [bytes[at], bytes[at + 1]];
  if ((first & 0x80) === 0) throw bad(`byte ${at} begins no packet`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found = (tag: number, head: number, length: number | undefined): Found => {
    const [start, end] = [at + head, length === undefined ? undefined : at + head + length];
    if (start > bytes.length || (end ?? 0) > bytes.length) throw bad(`the packet at byte ${at} is cut off`);
    return { tag, start, end };
  };
  const need = (count: number) => {
    if (at + count > bytes.length) throw bad(`the packet at byte ${at} is cut off`);
  };
  if (first & 0x40) {
    const tag = first & 0x3f;
    if (one < 192) return found(tag, 2, one);
    if (one < 224) return found(tag, 3, ((one - 192) << 8) + (bytes[at + 2] ?? 0) + 192);
    if (one < 255) return found(tag, 2, undefined);
    need(6);
    return found(tag, 6, view.getUint32(at + 2));
  }
  const tag = (first >> 2) & 0x0f;
  const size = [1, 2, 4, 0][first & 3] ?? 0;
  need(1 + size);
  if (size === 1) return found(tag, 2, one);
  if (size === 2) return found(tag, 3, view.getUint16(at + 1));
  return size === 4 ? found(tag, 5, view.getUint32(at + 1)) : found(tag, 1, undefined);
}

/** Takes a header apart. Throws `bad-header` for anything but version 3 session key packets, one after the other. */
export function sessionKeyPackets(header: Uint8Array): SessionKeyPacket[] {
  const packets: SessionKeyPacket[] = [];
  for (let at = 0; at < header.length; ) {
    const { tag, start, end } = packetAt(header, at);
    if (tag !== PKESK || end === undefined || header[start] !== 3 || end - start < 10) {
      throw new GreffierError('bad-header', `packet ${packets.length} is no version 3 session key packet`, {
        status: 400,
      });
    }
    packets.push({ keyId: toHex(header.subarray(start + 1, start + 9)), bytes: header.slice(at, end) });
    at = end;
  }
  if (packets.length === 0) throw new GreffierError('bad-header', 'the header is empty', { status: 400 });
  return packets;
}

/** The session key packets at the beginning of a message, and where the rest begins. */
export function headOf(message: Uint8Array): { header: Uint8Array; rest: Uint8Array } {
  let at = 0;
  while (at < message.length) {
    const { tag, end } = packetAt(message, at);
    if (tag !== PKESK || end === undefined) break;
    at = end;
  }
  return { header: message.subarray(0, at), rest: message.subarray(at) };
}

/** True when the bytes are one packet of that kind and nothing after it, whole or in parts (RFC 4880, 4.2.2.4). */
export function isOnePacket(bytes: Uint8Array, tag: number): boolean {
  const first = packetAt(bytes, 0);
  if (first.tag !== tag) return false;
  if (first.end !== undefined) return first.end === bytes.length;
  if (((bytes[0] ?? 0) & 0x40) === 0) return true;
  for (let at = 1; at < bytes.length; ) {
    const one = bytes[at] ?? 0;
    if (one >= 224 && one < 255) {
      at += 1 + 2 ** (one & 0x1f);
      continue;
    }
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (one < 192) return at + 1 + one === bytes.length;
    if (one < 224) return at + 2 + ((one - 192) << 8) + (bytes[at + 1] ?? 0) + 192 === bytes.length;
    return at + 5 <= bytes.length && at + 5 + view.getUint32(at + 1) === bytes.length;
  }
  return false;
}

/** Puts packets together to a header again. */
export function joined(packets: Uint8Array[]): Uint8Array {
  const all = new Uint8Array(packets.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const packet of packets) {
    all.set(packet, at);
    at += packet.length;
  }
  return all;
}

/** True when the bytes are the same. */
export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}

/** Bytes as hex digits, in lower case. */
export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Bytes as base64, where there is no Buffer. */
export function toBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

/** Bytes of base64. Throws `bad-packet`. */
export function fromBase64(text: string): Uint8Array {
  try {
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  } catch {
    throw bad('it is not base64');
  }
}

function bad(message: string): GreffierError {
  return new GreffierError('bad-packet', message, { status: 400 });
}

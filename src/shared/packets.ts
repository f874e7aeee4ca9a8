// The packets of a header, as bytes: who it is for can be read, compared and taken apart without any key
// (RFC 4880, sections 4.2 and 5.1). Used on the box, offline and in the browser alike.

import { GreffierError, reasonOf } from './errors.ts';

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

/** How the packet that begins at that byte begins; old and new forms. Throws `bad-packet` when no packet does. */
export function packetHead(bytes: Uint8Array, at: number): Found {
  const [first = 0, one = 0, two = 0] = bytes.subarray(at, at + 3);
  if ((first & 0x80) === 0) throw bad(first === 0x2d ? 'it is armored' : `byte ${at} begins no packet`);
  const wide = (from: number, octets: number) =>
    bytes.subarray(from, from + octets).reduce((value, octet) => value * 256 + octet, 0);
  const head = (tag: number, start: number, length?: number): Found => ({
    tag,
    start,
    end: length === undefined ? undefined : start + length,
  });
  if (first & 0x40) {
    const tag = first & 0x3f;
    if (one < 192) return head(tag, at + 2, one);
    if (one < 224) return head(tag, at + 3, (one - 192) * 256 + two + 192);
    return one === 255 ? head(tag, at + 6, wide(at + 2, 4)) : head(tag, at + 2);
  }
  const [tag, octets] = [(first >> 2) & 0x0f, 2 ** (first & 3)];
  return octets === 8 ? head(tag, at + 1) : head(tag, at + 1 + octets, wide(at + 1, octets));
}

/** The whole packet that begins at that byte. Throws `bad-packet` when it is cut off, too. */
export function packetAt(bytes: Uint8Array, at: number): Found {
  const found = packetHead(bytes, at);
  if (found.start > bytes.length || (found.end ?? 0) > bytes.length)
    throw bad(`the packet at byte ${at} is cut off`);
  return found;
}

/** Takes a header apart. Throws `bad-header` for anything but version 3 session key packets, one after the other. */
export function sessionKeyPackets(header: Uint8Array): SessionKeyPacket[] {
  const packets: SessionKeyPacket[] = [];
  for (let at = 0; at < header.length; ) {
    const { tag, start, end } = packetIn(header, at);
    if (tag !== PKESK || end === undefined || header[start] !== 3 || end - start < 10)
      throw badHeader(`packet ${packets.length} of the header is not a version 3 session key packet`);
    packets.push({ keyId: toHex(header.subarray(start + 1, start + 9)), bytes: header.slice(at, end) });
    at = end;
  }
  if (packets.length === 0) throw badHeader('the header is empty');
  return packets;
}

function packetIn(header: Uint8Array, at: number): Found {
  try {
    return packetAt(header, at);
  } catch (cause) {
    throw badHeader(`the header is no sequence of whole packets: ${reasonOf(cause)}`);
  }
}

function badHeader(message: string): GreffierError {
  return new GreffierError('bad-header', message, {
    hint: 'give the session key packets (PKESK, version 3) in binary, without the encrypted part',
    status: 400,
  });
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

/** All of them one after the other, as packets become a header again; in memory of its own. */
export function joined(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
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

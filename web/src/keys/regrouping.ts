/**
 * A body that was sealed while its call lasted comes in parts (RFC 9580, section 4.2.1.4), some seven for each second.
 * OpenPGP.js decrypts and hashes each part of a stream for itself, which takes it about twice as long as the same bytes
 * in large parts (appliance/docs/performance.md). Where parts end is neither encrypted nor covered by the check at the
 * end: they are made large.
 */
import { packetHead } from '../../../src/shared/packets.ts';
import type { Bytes } from './arriving.ts';

/** What is encrypted and proven by a check sum (SEIPD). */
const BODY = 18;
/** Of a tag in the new form (section 4.2). */
const NEW_FORM = 0xc0;
const POWER = 20;
/** Bytes of content in each part that is handed on. */
const PART = 1 << POWER;

type Next = () => Promise<Bytes | undefined>;

/**
 * A message with its body in large parts. What does not begin with whole packets and such a body comes as it is; what is
 * cut off stays cut off.
 */
export async function* regrouped(first: Bytes, next: Next): AsyncGenerator<Bytes> {
  const begin = lengthsBegin(first);
  const source = takingFrom(first.subarray(begin), next);
  if (begin > 0) {
    yield first.subarray(0, begin);
    yield* inLargeParts(source);
  }
  for (let piece = await source.take(); piece; piece = await source.take()) yield piece;
}

/** Up to and with the length of the last part; its content follows. */
async function* inLargeParts(source: Source): AsyncGenerator<Bytes> {
  let group = new Uint8Array(PART);
  let filled = 0;
  for (;;) {
    const octet = await source.octet();
    if (octet === undefined) return yield* [partHead(), group.subarray(0, filled)];
    if (octet < 224 || octet === 255) {
      const last = await lastLength(octet, source);
      return yield* [wholeHead(filled + last), group.subarray(0, filled)];
    }
    for (let left = 2 ** (octet & 31); left > 0; ) {
      const piece = await source.take(Math.min(left, PART - filled));
      if (!piece) break;
      group.set(piece, filled);
      filled += piece.length;
      left -= piece.length;
      if (filled < PART) continue;
      yield partHead();
      yield group;
      group = new Uint8Array(PART);
      filled = 0;
    }
  }
}

/** Its octets are those of the length of a whole packet. */
async function lastLength(octet: number, source: Source): Promise<number> {
  const octets = [octet];
  for (let more = octet < 192 ? 0 : octet < 255 ? 1 : 4; more > 0; more -= 1)
    octets.push((await source.octet()) ?? 0);
  const { start, end = start } = packetHead(Uint8Array.of(NEW_FORM | BODY, ...octets), 0);
  return end - start;
}

const partHead = (): Bytes => Uint8Array.of(224 | POWER);

function wholeHead(bytes: number): Bytes {
  const head = new Uint8Array(5).fill(255);
  new DataView(head.buffer).setUint32(1, bytes);
  return head;
}

/** Where the lengths of the body's parts begin, after its tag; 0 when there is no such body. */
function lengthsBegin(bytes: Bytes): number {
  try {
    for (let at = 0; ; ) {
      const { tag, end } = packetHead(bytes, at);
      if (end === undefined) return tag === BODY ? at + 1 : 0;
      at = end;
    }
  } catch {
    return 0;
  }
}

interface Source {
  /** What has come, at most so many bytes; undefined at the end. */
  take(most?: number): Promise<Bytes | undefined>;
  octet(): Promise<number | undefined>;
}

function takingFrom(first: Bytes, next: Next): Source {
  let piece: Bytes | undefined = first;
  let at = 0;
  const take: Source['take'] = async (most = Number.POSITIVE_INFINITY) => {
    while (piece && at === piece.length) [piece, at] = [await next(), 0];
    const taken = piece?.subarray(at, Math.min(piece.length, at + most));
    at += taken?.length ?? 0;
    return taken;
  };
  return { take, octet: async () => (await take(1))?.[0] };
}

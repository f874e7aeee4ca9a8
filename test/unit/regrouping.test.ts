// A message that comes in many small parts is handed to OpenPGP.js in large ones: it is the same message, and what is wrong
// with it stays wrong.

import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { createMessage, decrypt, encrypt, readMessage } from 'openpgp';
import { test } from 'tap';
import { writeMessage } from '../../src/sealing/message.ts';
import { packetAt } from '../../src/shared/packets.ts';
import { regrouped } from '../../web/src/keys/regrouping.ts';

type Bytes = Uint8Array<ArrayBuffer>;
const sessionKey = { data: Uint8Array.from(randomBytes(32)), algorithm: 'aes256' } as const;
const LARGE = 1 << 20;
/** What a password opens (RFC 9580, section 5.3). */
const SKESK = 3;

/** A body as it is sealed while a call lasts: one write after the other, each in parts. */
function sealedBody(writes: Uint8Array[]): Bytes {
  const message = writeMessage(sessionKey.data);
  const written = writes.map((data) => Buffer.from(message.write(data)));
  return Uint8Array.from(Buffer.concat([...written, message.end()]));
}

/** All of what comes out when it comes in pieces of that size, `first` of it at once. */
async function handedOn(message: Bytes, first: number, piece: number): Promise<Bytes[]> {
  let at = first;
  const next = async () => {
    if (at >= message.length) return undefined;
    at += piece;
    return message.slice(at - piece, at);
  };
  return Array.fromAsync(regrouped(message.slice(0, first), next));
}

const whole = (pieces: Bytes[]) => Uint8Array.from(Buffer.concat(pieces));

async function opened(binaryMessage: Bytes): Promise<Buffer> {
  const message = await readMessage({ binaryMessage });
  const { data } = await decrypt({ message, sessionKeys: sessionKey, format: 'binary' });
  return Buffer.from(data as Uint8Array);
}

/** Sizes of the parts of a packet that begins there, and the last one's; checked against nothing but the standard. */
function partsOf(message: Bytes): number[] {
  const sizes: number[] = [];
  for (let at = 1; ; at += 1 + (sizes.at(-1) ?? 0)) {
    const octet = message[at] ?? 0;
    if (octet < 224 || octet === 255) return sizes;
    sizes.push(2 ** (octet & 31));
  }
}

test('in parts and pieces of whatever size, it opens as what was sealed', async (t) => {
  const writes = fc.array(fc.oneof(fc.nat(40), fc.nat(3_000), fc.nat(900_000)), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(
      writes,
      fc.integer({ min: 1, max: 2_000_000 }),
      fc.integer({ min: 1, max: 70_000 }),
      async (sizes, first, piece) => {
        const content = sizes.map((size) => randomBytes(size));
        const sealed = sealedBody(content);
        const large = whole(await handedOn(sealed, first, Math.max(piece, sealed.length >> 10)));
        t.ok((await opened(large)).equals(Buffer.concat(content)));
      },
    ),
    { seed: 20261130, numRuns: 60 },
  );
});

test('its parts are large then, whatever they were', async (t) => {
  const sealed = sealedBody(Array.from({ length: 400 }, () => randomBytes(10_300)));
  t.ok(partsOf(sealed).length > 1_000);
  t.same(partsOf(whole(await handedOn(sealed, 5_000, 65_536))), [LARGE, LARGE, LARGE]);
});

test('packets before the body stay, and a message in one piece comes as it is', async (t) => {
  const content = randomBytes(300_000);
  const message = await createMessage({ binary: Uint8Array.from(content) });
  const sealed = await encrypt({ message, passwords: ['a', 'b'], sessionKey, format: 'binary' });
  const bytes = Uint8Array.from(sealed as Uint8Array);
  t.same(Buffer.from(whole(await handedOn(bytes, 2_000, 4_096))), Buffer.from(bytes));
  let begin = 0;
  for (let found = packetAt(bytes, 0); found.tag === SKESK; found = packetAt(bytes, begin))
    begin = found.end ?? 0;
  t.ok(begin > 90, 'two packets that a password opens');
  const written = Array.from({ length: 300 }, () => randomBytes(10_300));
  const headed = Uint8Array.from([...bytes.subarray(0, begin), ...sealedBody(written)]);
  const large = whole(await handedOn(headed, 2_000, 4_096));
  t.same(Buffer.from(large.subarray(0, begin)), Buffer.from(bytes.subarray(0, begin)));
  t.same(partsOf(large.subarray(begin)), [LARGE, LARGE]);
  t.ok((await opened(large)).equals(Buffer.concat(written)));
});

test('what is no message at all comes as it is', async (t) => {
  for (const text of ['', '-----BEGIN PGP MESSAGE-----\n', '\u0000\u00ff'.repeat(5_000)]) {
    const bytes = Uint8Array.from(Buffer.from(text));
    t.same(Buffer.from(whole(await handedOn(bytes, 3, 7))), Buffer.from(bytes));
  }
});

test('what was cut off or changed is refused as it was before', async (t) => {
  const sealed = sealedBody(Array.from({ length: 300 }, () => randomBytes(10_300)));
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 600, max: sealed.length - 1 }), async (at) => {
      const cut = whole(await handedOn(sealed.slice(0, at), 5_000, 65_536));
      await t.rejects(opened(cut), `cut at ${at}`);
      const changed = sealed.slice();
      changed[at] = (changed[at] ?? 0) ^ 1;
      const large = await handedOn(changed, 5_000, 65_536);
      await t.rejects(opened(whole(large)), `changed at ${at}`);
    }),
    { seed: 20261130, numRuns: 25 },
  );
});

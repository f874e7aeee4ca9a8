// The message that the sealing writes is one that everybody reads, wherever it is ended; and the endings that lie beside
// it give nothing away.

import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { decrypt, readMessage } from 'openpgp';
import { test } from 'tap';
import { createCfb } from '../../src/sealing/cfb.ts';
import { writeMessage } from '../../src/sealing/message.ts';

const KEY = randomBytes(32);

/** What OpenPGP.js reads in a body; it checks the sum at the end. */
async function read(body: Buffer): Promise<Buffer> {
  const { data } = await decrypt({
    message: await readMessage({ binaryMessage: Uint8Array.from(body) }),
    sessionKeys: { data: KEY, algorithm: 'aes256' },
    format: 'binary',
  });
  return Buffer.from(data as Uint8Array);
}

test('however a message is written, and wherever it is ended, it reads as what was written', async (t) => {
  const sizes = fc.array(fc.oneof(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 200_000 })), {
    maxLength: 6,
  });
  await fc.assert(
    fc.asyncProperty(sizes, async (all) => {
      const message = writeMessage(KEY);
      const [body, data]: [Buffer[], Buffer[]] = [[], []];
      for (const size of all) {
        const piece = randomBytes(size);
        body.push(Buffer.from(message.write(piece)));
        data.push(piece);
        const ending = message.ending();
        if (ending) t.ok((await read(Buffer.concat([...body, ending]))).equals(Buffer.concat(data)));
      }
      body.push(message.end());
      t.ok((await read(Buffer.concat(body))).equals(Buffer.concat(data)));
    }),
    { seed: 20261125, numRuns: 60 },
  );
});

test('no byte of audio is encrypted with key stream that an ending was encrypted with too', async (t) => {
  const message = writeMessage(KEY);
  let sealed = Buffer.alloc(0);
  const add = (bytes: number) => {
    sealed = Buffer.concat([sealed, content(message.write(Buffer.alloc(bytes, 0x55)))]);
  };
  add(2_000);
  for (let count = 0; count < 40; count += 1) {
    // The version byte is not encrypted.
    const at = sealed.length - 1;
    t.equal(at % 16, 15, 'the two part at the last byte of a block');
    const ending = message.ending()?.subarray(1) ?? Buffer.alloc(0);
    add(16 + count * 7);
    const follows = sealed.subarray(1 + at);
    t.not(follows[0], ending[0], 'in that byte they differ');
    const shared = [...ending.subarray(1)].filter((byte, index) => byte === follows[index + 1]).length;
    t.ok(shared < 8, 'and after it they have nothing in common');
  }
});

test('a copy of the cipher goes on as the cipher itself does', async (t) => {
  const plain = randomBytes(1_000);
  for (let at = 0; at < 70; at += 1) {
    const cipher = createCfb(KEY);
    cipher.update(plain.subarray(0, at));
    const copy = cipher.fork();
    t.ok(copy.update(plain.subarray(at)).equals(cipher.update(plain.subarray(at))), `after ${at} bytes`);
  }
});

test('a key of another length is refused', async (t) => {
  t.throws(() => writeMessage(randomBytes(16)), /has 32 bytes, not 16/);
});

/** The content of parts, and of the packet's first byte. */
function content(body: Buffer): Buffer {
  const pieces: Buffer[] = [];
  for (let at = body[0] === 0xd2 ? 1 : 0; at < body.length; ) {
    const size = 2 ** ((body[at] ?? 0) & 0x1f);
    pieces.push(body.subarray(at + 1, at + 1 + size));
    at += 1 + size;
  }
  return Buffer.concat(pieces);
}

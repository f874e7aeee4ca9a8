// The cipher of the body, against node:crypto's own CFB: however the text comes, and wherever a copy is made of it.

import { createCipheriv, randomBytes, randomInt } from 'node:crypto';
import { test } from 'tap';
import { createCfb } from '../../src/sealing/cfb.ts';

const KEY = randomBytes(32);
const TEXT = randomBytes(40_000);

const sealedByNode = createCipheriv('aes-256-cfb', KEY, Buffer.alloc(16)).update(TEXT);

/** Cuts a text at random, into pieces of no bytes too. */
function* pieces(text: Buffer, most: number): Generator<Buffer> {
  for (let at = 0; at < text.length; ) {
    const size = randomInt(0, most);
    yield text.subarray(at, at + size);
    at += size;
  }
}

test('whatever the pieces are, it is what AES-256 in CFB mode gives', async (t) => {
  for (const most of [3, 17, 33, 1_000, 50_000]) {
    const cfb = createCfb(KEY);
    const sealed = Buffer.concat([...pieces(TEXT, most)].map((piece) => Buffer.from(cfb.update(piece))));
    t.ok(sealed.equals(sealedByNode), `pieces of up to ${most} bytes`);
    t.equal(cfb.position(), TEXT.length);
  }
});

test('a copy goes on where it was made, and the first one is not moved by it', async (t) => {
  for (const at of [0, 1, 15, 16, 17, 31, 32, 8_191, 8_192]) {
    const cfb = createCfb(KEY);
    cfb.update(TEXT.subarray(0, at));
    const copy = cfb.fork();
    t.ok(copy.update(TEXT.subarray(at)).equals(sealedByNode.subarray(at)), `the copy, at ${at}`);
    t.ok(cfb.update(TEXT.subarray(at)).equals(sealedByNode.subarray(at)), `the first, at ${at}`);
  }
});

test('the text that was given is left as it was', async (t) => {
  const before = Buffer.from(TEXT);
  createCfb(KEY).update(TEXT);
  t.ok(TEXT.equals(before));
});

test('a key of another length is refused', async (t) => {
  t.throws(() => createCfb(randomBytes(16)), { name: 'RangeError', message: /32 bytes, not 16/ });
});

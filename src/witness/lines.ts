// What the box and a witness on another machine say to each other over ssh: one JSON value a line, three lines in all.
//
//   witness  {"protocol":"greffier-witness-1","held":{"text":…,"signature":…} or null} or {"failed":…}
//   box      {"text":…,"signature":…,"proof":… or null}
//   witness  {"accepted":{"size":…,"root":…}} or {"refused":…,"message":…} or {"failed":…}
//
// Either side may hang up after any of them. Neither believes the other: each verifies what it is handed.

import type { Readable } from 'node:stream';
import Type, { type Static } from 'typebox';
import { GreffierError } from '../shared/errors.ts';
import { checker } from '../shared/validate.ts';

export const PROTOCOL = 'greffier-witness-1';

/** A checkpoint, its signature and a proof of sixty hashes are well below. */
const LONGEST_BYTES = 64_000;

const text = Type.String({ maxLength: 20_000 });
const signed = Type.Object({ text, signature: text });
const failed = Type.String({ maxLength: 400 });
const hello = Type.Union([
  Type.Object({ protocol: Type.Literal(PROTOCOL), held: Type.Union([signed, Type.Null()]) }),
  Type.Object({ failed }),
]);
const offer = Type.Object({ text, signature: text, proof: Type.Union([text, Type.Null()]) });
const answer = Type.Object({
  accepted: Type.Optional(Type.Object({ size: Type.Integer(), root: text })),
  refused: Type.Optional(Type.String({ maxLength: 40 })),
  failed: Type.Optional(failed),
  message: Type.Optional(Type.String({ maxLength: 400 })),
});

export type Hello = Static<typeof hello>;
export type Offer = Static<typeof offer>;
export type Answer = Static<typeof answer>;

const [checkHello, checkOffer, checkAnswer] = [
  checker(hello, 'bad-line', 'greeting of the witness'),
  checker(offer, 'bad-line', 'offer of the box'),
  checker(answer, 'bad-line', 'answer of the witness'),
];

/** Reads lines as they are asked for; each read throws `bad-line` when what comes is not what should. */
export function lineReader(input: Readable) {
  const lines = linesOf(input);
  async function next(): Promise<unknown> {
    const { value, done } = await lines.next();
    if (done) return undefined;
    try {
      return JSON.parse(value);
    } catch (cause) {
      throw new GreffierError('bad-line', 'a line is not JSON', { cause });
    }
  }
  const read =
    <T>(check: (value: unknown) => T) =>
    async (): Promise<T | undefined> => {
      const value = await next();
      return value === undefined ? undefined : check(value);
    };
  return { hello: read(checkHello), offer: read(checkOffer), answer: read(checkAnswer) };
}

/** A value as a line. */
export function lineOf(value: Hello | Offer | Answer): string {
  return `${JSON.stringify(value)}\n`;
}

async function* linesOf(input: Readable): AsyncGenerator<string, undefined> {
  let waiting = Buffer.alloc(0);
  for await (const chunk of input) {
    waiting = Buffer.concat([waiting, chunk]);
    for (let end = waiting.indexOf(10); end >= 0; end = waiting.indexOf(10)) {
      yield waiting.subarray(0, end).toString('utf8');
      waiting = waiting.subarray(end + 1);
    }
    if (waiting.length > LONGEST_BYTES) throw new GreffierError('bad-line', 'a line is too long');
  }
}

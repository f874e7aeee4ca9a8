// How a body would have to be closed if nothing more came: a file of four lines beside it, each written over in turn
// about once a second. A line counts when its check sum is right and the body up to there is the one it names; a power
// cut can spoil the line that was being written, or the body after the line before, never both.

import { createHash } from 'node:crypto';
import { writeSync } from 'node:fs';

const SLOTS = 4;
const LINE_BYTES = 256;

export interface End {
  /** Bytes of the body that come before. */
  bytes: number;
  /** Frames of audio that those hold. */
  frames: number;
  /** When it was written (ms). */
  at: number;
  /** Of those bytes, in hex. */
  sha256: string;
  /** What is to be added to them. */
  ending: Buffer;
}

/** Writes the end number `count`, counted from zero, into an open file. It is durable once the file is flushed. */
export function writeEnd(file: number, count: number, end: End): void {
  writeSync(file, lineOf(end), 0, LINE_BYTES, (count % SLOTS) * LINE_BYTES);
}

/** All ends that can be read, the latest first. */
export function parseEnds(text: string): End[] {
  const ends = text.split('\n').flatMap((line) => {
    const [, said = '', check] = /^(greffier-end-1 .*) ([0-9a-f]{16}) *$/.exec(line) ?? [];
    if (check !== checkOf(said)) return [];
    const [, bytes, frames, at, sha256 = '', ending = ''] = said.split(' ');
    return [
      {
        bytes: Number(bytes),
        frames: Number(frames),
        at: Number(at),
        sha256,
        ending: Buffer.from(ending, 'hex'),
      },
    ];
  });
  return ends.sort((one, other) => other.bytes - one.bytes);
}

function lineOf({ bytes, frames, at, sha256, ending }: End): Buffer {
  const said = ['greffier-end-1', bytes, frames, at, sha256, ending.toString('hex')].join(' ');
  return Buffer.from(`${`${said} ${checkOf(said)}`.padEnd(LINE_BYTES - 1)}\n`);
}

function checkOf(said: string): string {
  return createHash('sha256').update(said).digest('hex').slice(0, 16);
}

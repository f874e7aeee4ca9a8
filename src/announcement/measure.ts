// What is played to callers, measured: its hash goes into every manifest, and how long it lasts is how the dialplan
// knows that it was heard to its end (C01).

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GreffierError, isMissing } from '../shared/errors.ts';

export interface MeasuredAnnouncement {
  sha256: string;
  milliseconds: number;
}

const RATE = 8_000;
const SHORTEST_MS = 500;

/**
 * Reads an announcement: WAV, 8 kHz, mono, 16-bit PCM, at least half a second long.
 * Throws `announcement-missing` or `announcement-unsuitable`.
 */
export async function measureAnnouncement(folder: string, id: string): Promise<MeasuredAnnouncement> {
  const path = join(folder, `${id}.wav`);
  const file = await readFile(path).catch((cause) => {
    if (!isMissing(cause)) throw cause;
    throw new GreffierError('announcement-missing', `no audio for announcement ${id}: ${path} is missing`, {
      hint: 'run the playbook to build it from its text, or put a WAV file there',
      cause,
    });
  });
  return measure(file, id);
}

/** The same of one that is on no disk yet. Throws `announcement-unsuitable`. */
export function measure(file: Buffer, id: string): MeasuredAnnouncement {
  const milliseconds = Math.floor((pcmBytes(file, id) / 2 / RATE) * 1000);
  if (milliseconds < SHORTEST_MS) throw unsuitable(id, `it lasts ${milliseconds} ms only`);
  return { sha256: createHash('sha256').update(file).digest('hex'), milliseconds };
}

function pcmBytes(file: Buffer, id: string): number {
  if (file.toString('latin1', 0, 4) !== 'RIFF' || file.toString('latin1', 8, 12) !== 'WAVE') {
    throw unsuitable(id, 'it is not a WAV file');
  }
  for (let at = 12; at + 8 <= file.length; ) {
    const size = file.readUInt32LE(at + 4);
    const name = file.toString('latin1', at, at + 4);
    if (name === 'fmt ') checkFormat(file.subarray(at + 8), id);
    if (name === 'data') return Math.min(size, file.length - at - 8);
    at += 8 + size + (size % 2);
  }
  throw unsuitable(id, 'it holds no audio');
}

function checkFormat(format: Buffer, id: string): void {
  const [coding, channels, rate, bits] = [
    format.readUInt16LE(0),
    format.readUInt16LE(2),
    format.readUInt32LE(4),
    format.readUInt16LE(14),
  ];
  if (coding !== 1 || channels !== 1 || rate !== RATE || bits !== 16) {
    throw unsuitable(id, `it has ${channels} channel(s), ${rate} Hz, ${bits} bit, coding ${coding}`);
  }
}

function unsuitable(id: string, why: string): GreffierError {
  return new GreffierError('announcement-unsuitable', `announcement ${id} cannot be played: ${why}`, {
    hint: 'convert it: sox in.wav -r 8000 -c 1 -b 16 out.wav',
  });
}

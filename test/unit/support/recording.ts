// A recording sealed for a test: clear audio that is known to the byte, and what the sealing made of it.

import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { sealAudio } from '../../../src/sealing/audio.ts';
import { createCompletion } from '../../../src/sealing/completion.ts';
import type { Encoding } from '../../../src/sealing/encoder.ts';
import { type Sealed, seal } from '../../../src/sealing/seal.ts';

export const DETAILS = { outsideNumber: '+33612345678', outsideName: 'Zoë', dialled: '+33123456701' };

export interface SealedForTest extends Sealed {
  folder: string;
  header: Buffer;
  body: Sealed['body'];
  bodyBytes: Buffer;
  detailsBytes: Buffer;
  /** header + body: one ordinary OpenPGP message. */
  message: Buffer;
}

/** Noise in two channels: what an encoder cannot make smaller by guessing, so any lost sample shows. */
export function noise(frames: number): Buffer {
  return randomBytes(frames * 4);
}

/** A sheet that permits all of a capture. */
export const PERMITS_ALL = '2026-11-22T08:15:00.000Z recording.start size=0 reason=automatic\n';

/** Lays a capture into a folder: the clear audio, and a sheet that permits all of it. */
export async function layCapture(folder: string, audio: Buffer, sheet = PERMITS_ALL) {
  const capture = { audio: join(folder, 'clear.raw'), sheet: join(folder, 'call.sheet') };
  await writeFile(capture.audio, audio);
  await writeFile(capture.sheet, sheet);
  return capture;
}

/** Seals audio that is complete already. */
export async function sealWhole(
  folder: string,
  audio: Buffer,
  recipients: string[],
  encoding: Encoding = 'flac',
): Promise<SealedForTest> {
  const into = join(folder, 'sealed');
  const capture = await layCapture(folder, audio);
  await mkdir(into);
  const completion = createCompletion();
  completion.finish();
  const job = { ...capture, folder: into, recipients, details: DETAILS, encoding };
  return readSealed(into, await seal(job, (audio) => sealAudio(audio, completion)));
}

/** Reads the files that the sealing left. */
export async function readSealed(folder: string, sealed: Sealed): Promise<SealedForTest> {
  const [header, bodyBytes, detailsBytes] = (await Promise.all(
    ['header.pgp', 'body.pgp', 'details.pgp'].map((name) => readFile(join(folder, name))),
  )) as [Buffer, Buffer, Buffer];
  const message = Buffer.concat([header, bodyBytes]);
  return { ...sealed, folder, header, bodyBytes, detailsBytes, message };
}

/** The samples in a FLAC file, as they were captured. execa would take a last byte of 10 for a newline and strip it. */
export async function samplesOf(flac: Uint8Array): Promise<Buffer> {
  const options = [
    '--silent',
    '--decode',
    '--force-raw-format',
    '--endian=little',
    '--sign=signed',
    '--stdout',
    '-',
  ];
  const { stdout } = await execa('flac', options, {
    input: flac,
    encoding: 'buffer',
    stripFinalNewline: false,
  });
  return Buffer.from(stdout);
}

// One streaming path from clear audio in RAM to ciphertext on disk: follow → encode → OpenPGP → file. Nothing clear is
// written; memory stays flat however long the call lasts. The session key comes from whoever has made the header.

import { join } from 'node:path';
import { RATE } from '../spool/edit-list.ts';
import { type WrittenBody, writeBody } from './body.ts';
import type { Abortable } from './completion.ts';
import { createEncoder, type Encoding } from './encoder.ts';
import { type Capture, follow } from './follow.ts';

export interface AudioJob extends Capture {
  /** Folder of the vault to seal into. */
  folder: string;
  encoding: Encoding;
  /** For AES-256: 32 bytes. */
  sessionKey: Uint8Array;
}

export interface SealedAudio extends WrittenBody {
  /** Length of the audio in ms. */
  milliseconds: number;
}

/**
 * Seals the audio of a recording, live or after the fact; resolves when it is on disk. Throws `sealing-failed`, or what
 * reading the capture ends with. A disk that fails gives the sealing up.
 */
export async function sealAudio(job: AudioJob, completion: Abortable): Promise<SealedAudio> {
  const encoder = await createEncoder(job.encoding);
  async function* encoded() {
    for await (const chunk of follow(job, completion)) yield encoder.encode(chunk);
    yield encoder.end();
  }
  try {
    const body = await writeBody(
      {
        body: join(job.folder, 'body.pgp'),
        ends: join(job.folder, 'ends'),
        sessionKey: job.sessionKey,
        frames: encoder.frames,
        onFailure: completion.abort,
      },
      encoded(),
    );
    return { ...body, milliseconds: Math.round((encoder.frames() / RATE) * 1000) };
  } finally {
    encoder.free();
  }
}

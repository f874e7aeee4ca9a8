// One streaming path from clear audio in RAM to ciphertext on disk: follow → encode → OpenPGP → file. Nothing clear is
// written; memory stays flat however long the call lasts. The session key comes from whoever has made the header.

import { join } from 'node:path';
import { FRAME_BYTES, RATE } from '../spool/edit-list.ts';
import { type WrittenBody, writeBody } from './body.ts';
import type { Completion } from './completion.ts';
import { type Encoder, expectGoodEnd, feed, startEncoder } from './encoder.ts';
import { type Capture, follow } from './follow.ts';
import { type Encoding, framingOf } from './framing.ts';

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
 * reading the capture ends with.
 */
export async function sealAudio(job: AudioJob, completion: Completion): Promise<SealedAudio> {
  let clearBytes = 0;
  async function* counted() {
    for await (const chunk of follow(job, completion)) {
      clearBytes += chunk.length;
      yield chunk;
    }
  }
  const frames = () => Math.floor(clearBytes / FRAME_BYTES);
  let encoder: Encoder | undefined;
  let failure: unknown;
  let feeding: Promise<void> | undefined;
  try {
    const body = await writeBody(
      {
        body: join(job.folder, 'body.pgp'),
        ends: join(job.folder, 'ends'),
        sessionKey: job.sessionKey,
        framing: framingOf(job.encoding),
        frames,
        onFailure: () => encoder?.kill(),
      },
      () => {
        encoder = startEncoder(job.encoding, !completion.complete);
        // The encoder and the file only see audio that broke off; why it did is said here.
        feeding = feed(encoder, counted()).catch((error) => {
          failure = error;
        });
        return encoder.stdout;
      },
    );
    if (encoder) await expectGoodEnd(encoder);
    await feeding;
    if (failure) throw failure;
    return { ...body, milliseconds: Math.round((frames() / RATE) * 1000) };
  } catch (error) {
    throw failure ?? error;
  } finally {
    encoder?.kill();
  }
}

// The body on its way to the disk: gathered as it comes, then written and flushed together with its end, so that a power
// cut costs little and leaves a message that opens. What of a call a power cut takes is less than the 5 s that are
// promised: 1 s that Asterisk has not written, 2 s that are kept back in case the sheet takes them back (follow.ts), 0.75 s
// until the next look and 0.25 s until its flush (cycle.ts), and the frame of FLAC that is not full yet, of 0.14 s.

import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { GreffierError, reasonOf } from '../shared/errors.ts';
import { writeWhole } from '../shared/files.ts';
import { createQueue } from '../shared/in-order.ts';
import { createScratch, release } from '../shared/scratch.ts';
import { atEachFlush } from './cycle.ts';
import { type End, writeEnd } from './ends.ts';
import { writeMessage } from './message.ts';

/** So much is written without waiting for the next flush. */
const GATHERED_BYTES = 1 << 16;

export interface WrittenBody {
  bytes: number;
  sha256: string;
  /** Its first bytes, for a look at its form. */
  start: Buffer;
}

export interface BodyJob {
  /** Paths of the body and of its ends; neither may be there. */
  body: string;
  ends: string;
  sessionKey: Uint8Array;
  /** Frames of clear audio in what was given so far. */
  frames(): number;
  /** Called when the disk fails while no audio comes: whoever waits for audio is to give up. */
  onFailure(): void;
}

/**
 * Writes encoded audio as one message; each chunk ends where the audio may end, and is given back to the memory when it is
 * written. Resolves when all of it is on disk; throws what the disk or the audio throws.
 */
export async function writeBody(job: BodyJob, encoded: AsyncIterable<Buffer>): Promise<WrittenBody> {
  const body = await open(job.body, 'wx', 0o600);
  try {
    const ends = await open(job.ends, 'wx', 0o600);
    try {
      return await write(job, encoded, body, ends);
    } finally {
      await ends.close();
    }
  } finally {
    await body.close();
  }
}

async function write(job: BodyJob, encoded: AsyncIterable<Buffer>, body: FileHandle, ends: FileHandle) {
  const message = writeMessage(job.sessionKey);
  const hash = createHash('sha256');
  const written = { bytes: 0, frames: 0, flushed: 0, ends: 0, start: Buffer.alloc(0) };
  let frames = 0;
  const gathered = createGathered();
  let failure: unknown;

  /** Writing fills the memory of the kernel; it is the flush that waits for the disk, in a thread of its own. */
  function add(sealed: Buffer): void {
    writeWhole(body.fd, sealed);
    hash.update(sealed);
    written.bytes += sealed.length;
    if (written.start.length < 16) written.start = Buffer.concat([written.start, sealed.subarray(0, 16)]);
  }

  function addGathered(): void {
    if (gathered.length() === 0) return;
    const sealed = message.write(gathered.take());
    written.frames = frames;
    add(sealed);
  }

  async function flush(last: Pick<End, 'frames' | 'ending'>): Promise<void> {
    const { bytes } = written;
    if (bytes === written.flushed) return;
    writeEnd(ends.fd, written.ends++, {
      ...last,
      bytes,
      at: Date.now(),
      sha256: hash.copy().digest('hex'),
    });
    await Promise.all([body.datasync(), ends.datasync()]);
    written.flushed = bytes;
  }

  async function flushSoFar(): Promise<void> {
    addGathered();
    const ending = message.ending();
    if (ending) await flush({ frames: written.frames, ending });
  }

  const inTurn = createQueue();
  const stop = atEachFlush(() =>
    inTurn(flushSoFar).catch((error) => {
      failure ??= error;
      job.onFailure();
    }),
  );
  try {
    for await (const chunk of encoded) {
      gathered.add(chunk);
      frames = job.frames();
      release(chunk);
      if (gathered.length() >= GATHERED_BYTES) await inTurn(async () => addGathered());
      if (failure) throw failure;
    }
    await inTurn(async () => {
      addGathered();
      add(message.end());
      await flush({ frames, ending: Buffer.alloc(0) });
    });
  } catch (error) {
    throw withCode(failure ?? error);
  } finally {
    stop();
    await inTurn(async () => {}).catch(() => {});
  }
  return { bytes: written.bytes, sha256: hash.digest('hex'), start: written.start };
}

/** Bytes that come in small pieces, to be taken as one, which stays as it is until something is added. */
function createGathered() {
  const room = createScratch();
  let length = 0;
  return {
    length: () => length,
    add(bytes: Buffer) {
      const before = room(length);
      const all = room(length + bytes.length);
      if (all.buffer !== before.buffer) before.copy(all);
      bytes.copy(all, length);
      length += bytes.length;
    },
    take(): Buffer {
      const all = room(length);
      length = 0;
      return all;
    },
  };
}

function withCode(error: unknown): unknown {
  const full =
    error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
  if (!full) return error;
  return new GreffierError('vault-full', `the vault is full: ${reasonOf(error)}`, { cause: error });
}

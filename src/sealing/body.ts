// The body on its way to the disk: added to as it comes, flushed every second together with its end, so that a power
// cut costs little and leaves a message that opens.

import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { GreffierError, reasonOf } from '../shared/errors.ts';
import { createQueue } from '../shared/in-order.ts';
import { release } from '../shared/scratch.ts';
import { type End, writeEnd } from './ends.ts';
import type { Framing } from './framing.ts';
import { writeMessage } from './message.ts';

const SYNC_MS = 1_000;

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
  framing: Framing;
  /** Frames of clear audio that were encoded; asked for at the end. */
  frames(): number;
  /** Called when the disk fails while no audio comes: whoever waits for audio is to give up. */
  onFailure(): void;
}

/**
 * Starts whatever encodes. Its output is read at once: what an encoder says before somebody listens is lost. Each chunk
 * is given back to the memory when it is written.
 */
type Encoding = () => AsyncIterable<Buffer>;

/** Writes encoded audio as one message. Resolves when all of it is on disk; throws what the disk or the audio throws. */
export async function writeBody(job: BodyJob, encoding: Encoding): Promise<WrittenBody> {
  const body = await open(job.body, 'wx', 0o600);
  try {
    const ends = await open(job.ends, 'wx', 0o600);
    try {
      return await write(job, encoding, body, ends);
    } finally {
      await ends.close();
    }
  } finally {
    await body.close();
  }
}

async function write(job: BodyJob, encoding: Encoding, body: FileHandle, ends: FileHandle) {
  const { framing } = job;
  const message = writeMessage(job.sessionKey);
  const hash = createHash('sha256');
  const written = { bytes: 0, flushed: 0, ends: 0, start: Buffer.alloc(0) };
  let failure: unknown;

  async function add(sealed: Buffer): Promise<void> {
    await body.appendFile(sealed);
    hash.update(sealed);
    written.bytes += sealed.length;
    if (written.start.length < 16) written.start = Buffer.concat([written.start, sealed.subarray(0, 16)]);
  }

  async function flush(last: Pick<End, 'frames' | 'ending'>): Promise<void> {
    const { bytes } = written;
    if (bytes === written.flushed) return;
    await writeEnd(ends, written.ends++, {
      ...last,
      bytes,
      at: Date.now(),
      sha256: hash.copy().digest('hex'),
    });
    await Promise.all([body.datasync(), ends.datasync()]);
    written.flushed = bytes;
  }

  async function flushSoFar(): Promise<void> {
    const ending = message.ending();
    if (ending) await flush({ frames: framing.frames(), ending });
  }

  const inTurn = createQueue();
  const timer = setInterval(() => {
    inTurn(flushSoFar).catch((error) => {
      failure ??= error;
      job.onFailure();
    });
  }, SYNC_MS);
  try {
    for await (const chunk of encoding()) {
      const whole = framing.take(chunk);
      if (whole.length) await inTurn(() => add(message.write(whole)));
      release(chunk);
      if (failure) throw failure;
    }
    await inTurn(async () => {
      await add(Buffer.concat([message.write(framing.rest()), message.end()]));
      await flush({ frames: job.frames(), ending: Buffer.alloc(0) });
    });
  } catch (error) {
    throw withCode(failure ?? error);
  } finally {
    clearInterval(timer);
    await inTurn(async () => {}).catch(() => {});
  }
  return { bytes: written.bytes, sha256: hash.digest('hex'), start: written.start };
}

function withCode(error: unknown): unknown {
  const full =
    error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
  if (!full) return error;
  return new GreffierError('vault-full', `the vault is full: ${reasonOf(error)}`, { cause: error });
}

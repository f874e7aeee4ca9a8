// One streaming path from clear audio in RAM to ciphertext on disk: follow → FLAC → OpenPGP → file. Nothing clear is
// written; memory stays flat however long the call lasts. Header, audio and details share one session key, so
// destroying the header destroys them all (crypto-shredding).

import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { execa } from 'execa';
import {
  createMessage,
  encrypt,
  encryptSessionKey,
  generateSessionKey,
  type PublicKey,
  readKey,
  type SessionKey,
} from 'openpgp';
import { GreffierError } from '../shared/errors.ts';
import { writeFlushed } from '../shared/files.ts';
import { FRAME_BYTES, RATE } from '../spool/edit-list.ts';
import type { Completion } from './completion.ts';
import { type Capture, follow } from './follow.ts';
import { checkProfile } from './packets.ts';

const SYNC_MS = 2_000;

export interface SealingJob extends Capture {
  /** Folder of the vault to seal into; empty, and read by nobody yet. */
  folder: string;
  /** Armored public keys. */
  recipients: string[];
  /** What is sealed beside the audio: who called. */
  details: object;
}

export interface Sealed {
  /** Length of the audio in ms. */
  milliseconds: number;
  body: { bytes: number; sha256: string };
  details: { bytes: number; sha256: string };
  recipients: string[];
}

/**
 * Seals a recording, live or after the fact; resolves when the files are on disk. The clear audio is left where it is.
 * Throws `sealing-failed`, `bad-profile`, or what reading the capture ends with; the caller discards the folder.
 */
export async function seal(job: SealingJob, completion: Completion): Promise<Sealed> {
  const keys = await Promise.all(job.recipients.map((armoredKey) => readKey({ armoredKey })));
  const sessionKey = await generateSessionKey({ encryptionKeys: keys });
  const header = await encryptSessionKey({ ...sessionKey, encryptionKeys: keys, format: 'binary' });
  const details = await sealDetails(job.details, sessionKey);
  await writeFlushed(join(job.folder, 'header.pgp'), header);
  await writeFlushed(join(job.folder, 'details.pgp'), details);
  const { frames, body, start } = await sealAudio(job, sessionKey, completion);
  checkProfile(header, start, keys.length);
  checkProfile(header, details, keys.length);
  return {
    milliseconds: Math.round((frames / RATE) * 1000),
    body,
    details: { bytes: details.length, sha256: createHash('sha256').update(details).digest('hex') },
    recipients: await Promise.all(keys.map(encryptionFingerprint)),
  };
}

async function sealDetails(details: object, sessionKey: SessionKey): Promise<Uint8Array> {
  const message = await createMessage({ text: JSON.stringify(details) });
  return encrypt({ message, sessionKey, format: 'binary' }) as Promise<Uint8Array>;
}

async function sealAudio(job: SealingJob, sessionKey: SessionKey, completion: Completion) {
  let clearBytes = 0;
  let failure: unknown;
  const clear = Readable.from(
    (async function* count() {
      try {
        for await (const chunk of follow(job, completion)) {
          clearBytes += chunk.length;
          yield chunk;
        }
      } catch (error) {
        // The encoder and the file only see a stream that broke; why it did is said here.
        failure = error;
        throw error;
      }
    })(),
  );
  const encoder = startEncoder(clear);
  try {
    const message = await createMessage({
      binary: Readable.toWeb(encoder.stdout) as ReadableStream<Uint8Array>,
    });
    const options = { message, sessionKey, format: 'binary' } as const;
    const sealed = (await encrypt(options)) as unknown as ReadableStream<Uint8Array>;
    const written = await writeSynced(join(job.folder, 'body.pgp'), sealed);
    await expectGoodEnd(encoder);
    return { frames: Math.floor(clearBytes / FRAME_BYTES), ...written };
  } catch (error) {
    throw failure ?? error;
  } finally {
    encoder.kill();
  }
}

/** -0 is the fastest setting, and lossless all the same. Its input and its output are pipes: never a file. */
function startEncoder(input: Readable) {
  const form = ['--force-raw-format', '--endian=little', '--sign=signed', '--channels=2', '--bps=16'];
  return execa('flac', ['--silent', '-0', ...form, `--sample-rate=${RATE}`, '--stdout', '-'], {
    input,
    encoding: 'buffer',
    buffer: { stdout: false, stderr: true },
    reject: false,
  });
}

async function expectGoodEnd(encoder: ReturnType<typeof startEncoder>): Promise<void> {
  const { exitCode, failed, shortMessage, stderr } = await encoder;
  if (!failed && exitCode === 0) return;
  // Without a code it was never started, or a signal ended it: then there is nothing on its error output.
  const ended = `the encoder ended with ${exitCode}: ${Buffer.from(stderr).toString().trim()}`;
  throw new GreffierError('sealing-failed', exitCode ? ended : `${shortMessage}`);
}

/** Writes a stream to a new file, flushing every two seconds: a power cut costs no more than that. */
async function writeSynced(path: string, stream: ReadableStream<Uint8Array>) {
  const file = await open(path, 'wx', 0o600);
  const hash = createHash('sha256');
  let bytes = 0;
  let start = new Uint8Array();
  let syncedAt = performance.now();
  try {
    for await (const chunk of stream) {
      await file.write(chunk);
      hash.update(chunk);
      bytes += chunk.length;
      if (start.length < 16) start = Buffer.concat([start, chunk.subarray(0, 16)]);
      if (performance.now() - syncedAt > SYNC_MS) {
        await file.datasync();
        syncedAt = performance.now();
      }
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { body: { bytes, sha256: hash.digest('hex') }, start };
}

async function encryptionFingerprint(key: PublicKey): Promise<string> {
  return (await key.getEncryptionKey()).getFingerprint();
}

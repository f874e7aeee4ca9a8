// One streaming path from clear audio in RAM to ciphertext on disk: follow → encode → OpenPGP → file. Nothing clear is
// written; memory stays flat however long the call lasts. Header, audio and details share one session key, so
// destroying the header destroys them all (crypto-shredding).

import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createMessage, encrypt, encryptSessionKey, readKey, type SessionKey } from 'openpgp';
import { writeFlushed } from '../shared/files.ts';
import { FRAME_BYTES, RATE } from '../spool/edit-list.ts';
import { writeBody } from './body.ts';
import type { Completion } from './completion.ts';
import { type Encoder, expectGoodEnd, feed, startEncoder } from './encoder.ts';
import { type Capture, follow } from './follow.ts';
import { type Encoding, framingOf } from './framing.ts';
import { checkProfile } from './packets.ts';

export interface SealingJob extends Capture {
  /** Folder of the vault to seal into; empty, and read by nobody yet. */
  folder: string;
  /** Armored public keys. */
  recipients: string[];
  /** What is sealed beside the audio: who called. */
  details: object;
  encoding: Encoding;
}

export interface Sealed {
  /** Length of the audio in ms. */
  milliseconds: number;
  body: { bytes: number; sha256: string };
  details: { bytes: number; sha256: string };
  recipients: string[];
  encoding: Encoding;
}

/**
 * Seals a recording, live or after the fact; resolves when the files are on disk. The clear audio is left where it is.
 * Throws `sealing-failed`, `bad-profile`, or what reading the capture ends with; the caller discards the folder.
 */
export async function seal(job: SealingJob, completion: Completion): Promise<Sealed> {
  const keys = await Promise.all(job.recipients.map((armoredKey) => readKey({ armoredKey })));
  // AES-256 whatever the keys would like better: every reader knows it, and the body is written for it.
  const sessionKey = { data: randomBytes(32), algorithm: 'aes256' } as const;
  const header = await encryptSessionKey({ ...sessionKey, encryptionKeys: keys, format: 'binary' });
  const details = await sealDetails(job.details, sessionKey);
  await writeFlushed(join(job.folder, 'header.pgp'), header);
  await writeFlushed(join(job.folder, 'details.pgp'), details);
  const { frames, body } = await sealAudio(job, sessionKey.data, completion);
  checkProfile(header, body.start, keys.length);
  checkProfile(header, details, keys.length);
  return {
    milliseconds: Math.round((frames / RATE) * 1000),
    body: { bytes: body.bytes, sha256: body.sha256 },
    details: { bytes: details.length, sha256: createHash('sha256').update(details).digest('hex') },
    recipients: await encryptionFingerprints(job.recipients),
    encoding: job.encoding,
  };
}

async function sealDetails(details: object, sessionKey: SessionKey): Promise<Uint8Array> {
  const message = await createMessage({ text: JSON.stringify(details) });
  return encrypt({ message, sessionKey, format: 'binary' }) as Promise<Uint8Array>;
}

async function sealAudio(job: SealingJob, sessionKey: Uint8Array, completion: Completion) {
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
        sessionKey,
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
    return { frames: frames(), body };
  } catch (error) {
    throw failure ?? error;
  } finally {
    encoder?.kill();
  }
}

/** Fingerprints of the keys, or subkeys, that a message to these armored keys is encrypted to. */
export async function encryptionFingerprints(recipients: string[]): Promise<string[]> {
  const keys = await Promise.all(recipients.map((armoredKey) => readKey({ armoredKey })));
  return Promise.all(keys.map(async (key) => (await key.getEncryptionKey()).getFingerprint()));
}

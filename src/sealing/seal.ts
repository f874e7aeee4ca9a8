// A recording is a header, which opens it, and what the header opens: audio and details. They share one session key, so
// destroying the header destroys them all (crypto-shredding). Headers are made by the library, here; the audio is sealed
// by whoever has the time for it, with no library in its memory.

import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createMessage, encrypt, encryptSessionKey, type Key, readKey, type SessionKey } from 'openpgp';
import { writeFlushed } from '../shared/files.ts';
import type { AudioJob, SealedAudio } from './audio.ts';
import { checkProfile } from './packets.ts';

export interface SealingJob extends Omit<AudioJob, 'sessionKey'> {
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
  encoding: AudioJob['encoding'];
}

/**
 * Seals a recording, live or after the fact; resolves when the files are on disk. The clear audio is left where it is.
 * Throws `sealing-failed`, `bad-profile`, or what reading the capture ends with; the caller discards the folder.
 * @param sealAudio seals the audio, here or in another thread
 */
export async function seal(
  { recipients, details, ...audio }: SealingJob,
  sealAudio: (job: AudioJob) => Promise<SealedAudio>,
): Promise<Sealed> {
  const keys = await keysOf(recipients);
  // AES-256 whatever the keys would like better: every reader knows it, and the body is written for it.
  const sessionKey = { data: randomBytes(32), algorithm: 'aes256' } as const;
  const header = await encryptSessionKey({ ...sessionKey, encryptionKeys: keys, format: 'binary' });
  const sealedDetails = await sealDetails(details, sessionKey);
  checkProfile(header, sealedDetails, keys.length);
  await writeFlushed(join(audio.folder, 'header.pgp'), header);
  await writeFlushed(join(audio.folder, 'details.pgp'), sealedDetails);
  const body = await sealAudio({ ...audio, sessionKey: sessionKey.data });
  checkProfile(header, body.start, keys.length);
  return {
    milliseconds: body.milliseconds,
    body: { bytes: body.bytes, sha256: body.sha256 },
    details: {
      bytes: sealedDetails.length,
      sha256: createHash('sha256').update(sealedDetails).digest('hex'),
    },
    recipients: await fingerprintsOf(keys),
    encoding: audio.encoding,
  };
}

async function sealDetails(details: object, sessionKey: SessionKey): Promise<Uint8Array> {
  const message = await createMessage({ text: JSON.stringify(details) });
  return encrypt({ message, sessionKey, format: 'binary' }) as Promise<Uint8Array>;
}

/** Fingerprints of the keys, or subkeys, that a message to these armored keys is encrypted to. */
export async function encryptionFingerprints(recipients: string[]): Promise<string[]> {
  return fingerprintsOf(await keysOf(recipients));
}

/** Whether they are fit is asked anew each time: a key expires while it is known. */
function fingerprintsOf(keys: Key[]): Promise<string[]> {
  return Promise.all(keys.map(async (key) => (await key.getEncryptionKey()).getFingerprint()));
}

/** A site has a few recipients, and each call is sealed to them. To read a key takes milliseconds of processor. */
const MOST_KNOWN = 100;
const known = new Map<string, Promise<Key>>();

function keysOf(armored: string[]): Promise<Key[]> {
  if (known.size > MOST_KNOWN) known.clear();
  return Promise.all(
    armored.map((armoredKey) => {
      const before = known.get(armoredKey);
      if (before) return before;
      const key = readKey({ armoredKey });
      known.set(armoredKey, key);
      // What is no key is not kept: it throws each time.
      key.catch(() => known.delete(armoredKey));
      return key;
    }),
  );
}

// What others read of what we seal: vectors, and the tools that open them. A tool is a script for a plain shell, so that
// the same one runs here and on the box, where the newer versions are.

import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decrypt, readMessage } from 'openpgp';
import { openSessionKey, sealSessionKey } from '../../src/offline/rewrap.ts';
import { sealAudio } from '../../src/sealing/audio.ts';
import { closeBody } from '../../src/sealing/close.ts';
import { createCompletion } from '../../src/sealing/completion.ts';
import { parseEnds } from '../../src/sealing/ends.ts';
import { seal } from '../../src/sealing/seal.ts';
import { DETAILS, layCapture, noise, sealWhole } from '../unit/support/recording.ts';
import { type MadeKey, makeKey } from '../unit/support/world.ts';
import { until } from './until.ts';

export interface Vector {
  name: string;
  message: Buffer;
  /** Private key that opens it; none where the session key does. */
  key?: MadeKey;
  sessionKey?: string;
  /** SHA-256 of what it opens to; undefined when it must be refused. */
  opensTo?: string;
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** Makes all vectors in a folder: everything that the sealing may produce, and what must not be taken for it. */
export async function makeVectors(folder: string): Promise<Vector[]> {
  const seconds = noise(8_000 * 4);
  const [ecc, rsa, nist, team, requester] = await Promise.all([
    makeKey(),
    makeKey({ type: 'rsa', rsaBits: 3072 }),
    makeKey({ curve: 'nistP256' }),
    Promise.all([1, 2, 3, 4].map(() => makeKey())),
    makeKey(),
  ]);
  let made = 0;
  const sealTo = async (keys: MadeKey[], encoding: 'flac' | 'opus' = 'flac') => {
    const own = join(folder, String(made++));
    await mkdir(own);
    return sealWhole(
      own,
      seconds,
      keys.map(({ armoredPublic }) => armoredPublic),
      encoding,
    );
  };
  const good = async (name: string, { message }: { message: Buffer }, key: MadeKey): Promise<Vector> => ({
    name,
    message,
    key,
    opensTo: sha256(await opened(message, key)),
  });
  const plain = await sealTo([ecc]);
  const last = team[3] as MadeKey;
  const [flipped, cut] = [Buffer.from(plain.message), plain.message.subarray(0, -100)];
  const middle = Math.floor(flipped.length / 2);
  flipped.writeUInt8((flipped[middle] ?? 0) ^ 1, middle);
  const sessionKey = await openSessionKey(plain.header, ecc.privateKey);
  const header = await sealSessionKey(sessionKey, [requester.privateKey.toPublic()]);
  const rewrapped = Buffer.concat([header, plain.bodyBytes]);
  return [
    await good('FLAC for one recipient on Curve25519', plain, ecc),
    await good('Opus', await sealTo([ecc], 'opus'), ecc),
    await good('five recipients, opened by the last', await sealTo([ecc, ...team]), last),
    await good('RSA of 3072 bits', await sealTo([rsa]), rsa),
    await good('NIST P-256', await sealTo([nist]), nist),
    await good('RSA and Curve25519 together, opened by RSA', await sealTo([ecc, rsa]), rsa),
    await good('closed after a power cut', await closedAfterCut(folder, seconds, ecc), ecc),
    await good('who called', { message: Buffer.concat([plain.header, plain.detailsBytes]) }, ecc),
    await good('rewrapped to a requester', { message: rewrapped }, requester),
    {
      name: 'by session key alone',
      message: plain.message,
      sessionKey: `9:${Buffer.from(sessionKey.data).toString('hex').toUpperCase()}`,
      opensTo: sha256(await opened(plain.message, ecc)),
    },
    { name: 'one flipped bit', message: flipped, key: ecc },
    { name: 'cut short', message: Buffer.from(cut), key: ecc },
    { name: 'without its header', message: plain.bodyBytes, key: ecc },
    { name: 'rewrapped, with the old key', message: rewrapped, key: ecc },
  ];
}

/** Writes a vector's files and returns the arguments of a tool's script. */
export async function layVector(folder: string, index: number, { message, key, sessionKey = '' }: Vector) {
  const [messageFile, keyFile] = [join(folder, `${index}.pgp`), join(folder, `${index}.key.asc`)];
  await writeFile(messageFile, message);
  await writeFile(keyFile, key?.armoredPrivate ?? '');
  return [messageFile, keyFile, sessionKey];
}

/** Scripts that open $1 with the key in $2 or the session key $3, and print exit status and SHA-256 of what came out. */
export const TOOLS = {
  gpg: `export GNUPGHOME=$(mktemp -d)
    [ -s "$2" ] && gpg --batch --quiet --import "$2" 2>/dev/null
    gpg --batch --quiet \${3:+--override-session-key "$3"} --decrypt "$1" > "$GNUPGHOME/out" 2>/dev/null
    echo "$? $(sha256sum < "$GNUPGHOME/out" | cut -d' ' -f1)"
    gpgconf --kill all; rm -rf "$GNUPGHOME"`,
  sq: `out=$(mktemp -d); key=--recipient-file; sq decrypt --help | grep -q -e --recipient-file || key=--recipient-key
    if [ -n "$3" ]; then set -- "$1" --session-key "$3"; else set -- "$1" $key "$2"; fi
    message=$1; shift
    sq decrypt "$@" "$message" > "$out/out" 2>/dev/null < /dev/null
    echo "$? $(sha256sum < "$out/out" | cut -d' ' -f1)"; rm -rf "$out"`,
} as const;

/** Whether what a tool printed is what has to come of a vector. */
export function isAsItShould({ opensTo }: Vector, printed: string): boolean {
  const [status, sum] = printed.trim().split(' ');
  return opensTo === undefined ? status !== '0' : status === '0' && sum === opensTo;
}

async function opened(message: Buffer, { privateKey }: MadeKey): Promise<Uint8Array> {
  const binaryMessage = Uint8Array.from(message);
  const read = await readMessage({ binaryMessage });
  return (await decrypt({ message: read, decryptionKeys: privateKey, format: 'binary' })).data as Uint8Array;
}

/** The files as the disk holds them in the middle of a call, closed as they are after a power cut. */
async function closedAfterCut(folder: string, audio: Buffer, key: MadeKey): Promise<{ message: Buffer }> {
  const [live, after] = [join(folder, 'live'), join(folder, 'after')];
  await mkdir(live);
  const completion = createCompletion();
  const job = {
    ...(await layCapture(folder, audio)),
    folder: live,
    details: DETAILS,
    encoding: 'flac' as const,
  };
  const sealing = seal({ ...job, recipients: [key.armoredPublic] }, (audio) => sealAudio(audio, completion));
  sealing.catch(() => {});
  const flushed = async () =>
    parseEnds(await readFile(join(live, 'ends'), 'utf8').catch(() => '')).length > 0;
  await until('something is flushed', flushed, 10_000);
  await cp(live, after, { recursive: true });
  completion.abort();
  await sealing.catch(() => {});
  if (!(await closeBody(after))) throw new Error('nothing was flushed');
  const [header, body] = await Promise.all(
    ['header.pgp', 'body.pgp'].map((name) => readFile(join(after, name))),
  );
  return { message: Buffer.concat([header as Buffer, body as Buffer]) };
}

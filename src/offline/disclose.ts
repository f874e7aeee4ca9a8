// greffier-offline disclose: a package of the rights desk, opened for the person it is for. Every message gets a head for
// that person alone, or none at all with its session key beside; whom it was sealed to before is no longer in it. The
// ciphertext and all that is signed stay as they are.

import { createReadStream, createWriteStream } from 'node:fs';
import { chmod, link, mkdtemp, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import type { PrivateKey, PublicKey } from 'openpgp';
import { create, extract } from 'tar';
import { GreffierError, reasonOf } from '../shared/errors.ts';
import { packetHead } from '../shared/packets.ts';
import { openPrivateKey, readRecipientKeys, writeNew } from './key-files.ts';
import { openSessionKey, overrideOf, sealSessionKey } from './rewrap.ts';
import { checkRightsPack, SEALED } from './rights-pack.ts';

const PKESK = 1;
/** More than the head of a message for a hundred keys. */
const HEAD_BYTES = 256 * 1024;

interface DiscloseOptions {
  key: string;
  via?: string;
  to?: string[];
  sessionKeys?: boolean;
  fingerprint?: string;
  out: string;
}

/** Adds the verb. */
export function discloseVerb(program: Command): void {
  program
    .command('disclose <pack>')
    .description('hand the recordings of a package that greffier rights export has written to the person')
    .requiredOption('--key <file>', 'private key that opens them')
    .option('--via <file>', 'wrapped group key: --key is then the personal key that opens it')
    .option('--to <file...>', 'public key of the person')
    .option('--session-keys', 'for somebody without a key: the session keys, in a file of the package')
    .option('--fingerprint <hex>', 'of the key that the appliance signs with, as on paper')
    .requiredOption('--out <file>', 'package to write')
    .action((pack, options: DiscloseOptions) => disclose(pack, options));
}

async function disclose(
  pack: string,
  { key, via, to = [], sessionKeys, fingerprint, out }: DiscloseOptions,
): Promise<void> {
  if (to.length > 0 === (sessionKeys === true))
    throw new GreffierError('no-recipient', 'say whom it is for, once: --to FILE or --session-keys');
  const keys = await readRecipientKeys(to);
  const from = await openPrivateKey(key, via);
  const beside = await mkdtemp(join(dirname(resolve(out)), '.disclose-'));
  try {
    await unpack(pack, beside);
    const [name, ...others] = await readdir(beside);
    if (name === undefined || others.length > 0) throw notAPack(pack, 'it is not one folder');
    const { messages, signer } = await checkRightsPack(join(beside, name), fingerprint);
    if (fingerprint === undefined)
      console.error(
        `greffier-offline: signed by ${signer}: compare it with the fingerprint on paper (--fingerprint)`,
      );
    const lines: string[] = [];
    for (const message of messages) {
      const line = await handOver(join(beside, name), message, from, keys);
      if (keys.length === 0) lines.push(line);
      if (!message.endsWith('.details.pgp')) console.error(`greffier-offline: handing over ${message}`);
    }
    for (const list of [SEALED, `${SEALED}.asc`]) await rm(join(beside, name, list));
    if (lines.length > 0) await writeNew(join(beside, name, 'session-keys.txt'), lines.join(''));
    const packed = join(beside, 'tar');
    await create({ file: packed, cwd: beside, portable: true }, [name]);
    await chmod(packed, 0o600);
    await sync(packed);
    // Unlike a rename it never takes the place of what is there.
    await link(packed, out).catch((cause) => {
      throw new GreffierError('not-written', `cannot write ${out}: ${reasonOf(cause)}`, { cause });
    });
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
}

async function unpack(pack: string, folder: string): Promise<void> {
  try {
    // Links have no business in a package: they could lead out of the folder.
    const plain = (_: string, entry: object) =>
      'type' in entry && /^(File|OldFile|Directory)$/.test(`${entry.type}`);
    await extract({ file: pack, cwd: folder, strict: true, filter: plain });
  } catch (cause) {
    throw notAPack(pack, reasonOf(cause));
  }
}

/** Writes a message anew, and returns its line in the list of session keys. */
async function handOver(folder: string, message: string, from: PrivateKey, to: PublicKey[]): Promise<string> {
  const path = join(folder, message);
  const header = await headerOf(path);
  const sessionKey = await openSessionKey(header, from).catch((cause) => {
    throw new GreffierError('wrong-key', `${message} does not open: ${reasonOf(cause)}`, {
      hint: 'another key holder may open it; or leave it out: greffier rights export --withhold',
      cause,
    });
  });
  const part = createWriteStream(`${path}.part`, { flags: 'wx', mode: 0o600 });
  const head = to.length > 0 ? await sealSessionKey(sessionKey, to) : new Uint8Array();
  if (head.length > 0) part.write(head);
  await pipeline(createReadStream(path, { start: header.length }), part);
  await rename(`${path}.part`, path);
  return `${message} ${overrideOf(sessionKey)}\n`;
}

/** The session key packets at the beginning of a message, which may be longer than memory. */
async function headerOf(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    const bytes = new Uint8Array(buffer.subarray(0, bytesRead));
    let at = 0;
    for (;;) {
      const { tag, end } = packetHead(bytes, at);
      if (tag !== PKESK || end === undefined) return bytes.slice(0, at);
      at = end;
    }
  } finally {
    await file.close();
  }
}

async function sync(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

function notAPack(pack: string, reason: string): GreffierError {
  return new GreffierError('bad-pack', `${pack} is no package of the rights desk: ${reason}`, {
    hint: 'greffier rights export writes one',
  });
}

// A recording opened outside the box, as its owner would: by gpg or by OpenPGP.js, with the demo private key.

import { readFile } from 'node:fs/promises';
import { execa } from 'execa';
import { decrypt, decryptKey, readMessage, readPrivateKey } from 'openpgp';
import { inBox, type LabInfo } from './lab.ts';
import { channels, type Samples } from './tones.ts';

/** Bytes of a file in the box. */
export async function fileInBox(lab: LabInfo, path: string): Promise<Buffer> {
  return Buffer.from(await inBox(lab, 'base64', '-w0', path), 'base64');
}

/** Folder of a recording in the vault. */
export async function folderOf(lab: LabInfo, id: string): Promise<string> {
  const found = await inBox(
    lab,
    'find',
    '/var/lib/greffier/vault',
    '-mindepth',
    '4',
    '-maxdepth',
    '4',
    '-name',
    id,
  );
  return found.trim();
}

/** Decrypts a message with the lab's recovery key, or with the private key in another file. */
export async function opened(
  lab: LabInfo,
  message: Buffer,
  privateKey: string = lab.recoveryKey,
): Promise<Buffer> {
  const locked = await readPrivateKey({ armoredKey: await readFile(privateKey, 'utf8') });
  const decryptionKeys = await decryptKey({ privateKey: locked, passphrase: lab.passphrase });
  const { data } = await decrypt({
    message: await readMessage({ binaryMessage: message }),
    decryptionKeys,
    format: 'binary',
  });
  return Buffer.from(data as Uint8Array);
}

/** Samples of an Ogg Opus file: outside left, inside right. */
export async function decodedOpus(opus: Buffer): Promise<{ outside: Samples; inside: Samples }> {
  const { stdout } = await execa('opusdec', ['--quiet', '--rate', '8000', '--no-dither', '-', '-'], {
    input: opus,
    encoding: 'buffer',
    stripFinalNewline: false,
  });
  // On its standard output the decoder writes samples alone, without a header.
  const [outside, inside] = channels(Buffer.from(stdout), 2) as [Samples, Samples];
  return { outside, inside };
}

/** Samples of a FLAC file: outside left, inside right. */
export async function decoded(flac: Buffer): Promise<{ raw: Buffer; outside: Samples; inside: Samples }> {
  const { stdout } = await execa(
    'flac',
    ['--silent', '--decode', '--stdout', '--force-raw-format', '--endian=little', '--sign=signed', '-'],
    {
      input: flac,
      encoding: 'buffer',
      stripFinalNewline: false,
    },
  );
  const raw = Buffer.from(stdout);
  const [outside, inside] = channels(raw, 2) as [Samples, Samples];
  return { raw, outside, inside };
}

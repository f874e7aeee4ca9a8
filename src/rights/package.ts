// The package for the person: a folder that stands by itself. The box can open none of its recordings; whoever holds the
// key hands them over (greffier-offline disclose). That changes the head of each message and nothing else, so the signed
// list of files leaves the messages out: the signed manifests vouch for them. As they leave the box they stand in a list of
// their own, for the key holder, who would otherwise open whatever somebody has put in on the way.

import { createWriteStream } from 'node:fs';
import { copyFile, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { type Sign, signSums } from '../shared/sums.ts';
import { type Contents, contentsText } from './contents.ts';

const SAME_IN_ALL = fileURLToPath(new URL('./package/', import.meta.url));

export interface SealedForPack {
  id: string;
  header: Uint8Array;
  body: () => NodeJS.ReadableStream;
  details: Uint8Array;
  manifestBytes: Uint8Array;
  signature: Uint8Array;
}

/** Lays the package out in an empty folder. Recordings come one after the other, so that only one is open at a time. */
export async function layOutPack(
  folder: string,
  contents: Contents,
  recordings: SealedForPack[],
  signer: { publicKey: string; sign: Sign },
): Promise<void> {
  await mkdir(join(folder, 'recordings'));
  for (const name of await readdir(SAME_IN_ALL)) await copyFile(join(SAME_IN_ALL, name), join(folder, name));
  for (const recording of recordings) await layOne(join(folder, 'recordings'), recording);
  const small = {
    'appliance.asc': signer.publicKey,
    'contents.json': `${JSON.stringify({ format: 'greffier-rights-1', ...contents }, null, 2)}\n`,
    'contents.fr.txt': contentsText(contents, 'fr'),
    'contents.en.txt': contentsText(contents, 'en'),
  };
  for (const [name, content] of Object.entries(small)) await writeFile(join(folder, name), content);
  const isMessage = (name: string) => name.endsWith('.pgp');
  await signSums(folder, signer.sign, 'SHA256SUMS', (name) => !isMessage(name));
  await signSums(folder, signer.sign, 'SEALED256SUMS', isMessage);
}

async function layOne(
  folder: string,
  { id, header, body, details, manifestBytes, signature }: SealedForPack,
): Promise<void> {
  const message = join(folder, `${id}.pgp`);
  await writeFile(message, header);
  await pipeline(body(), createWriteStream(message, { flags: 'a' }));
  await writeFile(join(folder, `${id}.details.pgp`), Buffer.concat([header, details]));
  await writeFile(join(folder, `${id}.manifest.json`), manifestBytes);
  await writeFile(join(folder, `${id}.manifest.json.asc`), signature);
}

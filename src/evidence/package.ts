// The evidence package: a folder that stands by itself, and the one file that it is packed into. What is the same in
// every package (how to read it, and what verifies it) lies in package/ as plain files.

import { createWriteStream } from 'node:fs';
import { copyFile, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { type Sign, signSums } from '../shared/sums.ts';

const SAME_IN_ALL = fileURLToPath(new URL('./package/', import.meta.url));

export interface Evidence {
  /** The session key packets: those of the recording, or one made for whoever asked. */
  header: Uint8Array;
  body: () => NodeJS.ReadableStream;
  /** Left out unless asked for: it holds the full number. */
  details?: Uint8Array;
  manifest: Uint8Array;
  manifestSignature: string;
  /** Armored public key of the appliance. */
  certificate: string;
  /** Files of log/: the audit log's checkpoint, and lines of it with their proofs. */
  log: Record<string, string | Uint8Array>;
}

/** Lays the package out in an empty folder, and signs the list of its files. */
export async function layOut(folder: string, evidence: Evidence, sign: Sign): Promise<void> {
  await mkdir(join(folder, 'log'));
  for (const name of await readdir(SAME_IN_ALL)) await copyFile(join(SAME_IN_ALL, name), join(folder, name));
  const recording = join(folder, 'recording.pgp');
  await writeFile(recording, evidence.header);
  await pipeline(evidence.body(), createWriteStream(recording, { flags: 'a' }));
  for (const [name, content] of Object.entries(smallFiles(evidence)))
    await writeFile(join(folder, name), content);
  for (const [name, content] of Object.entries(evidence.log))
    await writeFile(join(folder, 'log', name), content);
  await signSums(folder, sign);
}

function smallFiles({
  header,
  details,
  manifest,
  manifestSignature,
  certificate,
}: Evidence): Record<string, string | Uint8Array> {
  return {
    'manifest.json': manifest,
    'manifest.json.asc': manifestSignature,
    'appliance.asc': certificate,
    ...(details && { 'details.pgp': Buffer.concat([header, details]) }),
  };
}

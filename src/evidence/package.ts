// The evidence package: a folder that stands by itself, and the one file that it is packed into. What is the same in
// every package (how to read it, and what verifies it) lies in package/ as plain files.

import { createWriteStream } from 'node:fs';
import { copyFile, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { sumsOf } from '../shared/sums.ts';

const SAME_IN_ALL = fileURLToPath(new URL('./package/', import.meta.url));

/** What the log binds, what it says, and the proof of it. */
export interface LogLine {
  index: number;
  leaf: Uint8Array;
  payload: Uint8Array;
  proof: string;
}

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
  checkpoint: string;
  checkpointSignature: string;
  /** Lines of the audit log with the text of their proofs, by their place in the log. */
  log: LogLine[];
}

/** Lays the package out in an empty folder, and signs the list of its files. */
export async function layOut(
  folder: string,
  evidence: Evidence,
  sign: (content: Uint8Array) => Promise<string>,
): Promise<void> {
  await mkdir(join(folder, 'log'));
  for (const name of await readdir(SAME_IN_ALL)) await copyFile(join(SAME_IN_ALL, name), join(folder, name));
  const recording = join(folder, 'recording.pgp');
  await writeFile(recording, evidence.header);
  await pipeline(evidence.body(), createWriteStream(recording, { flags: 'a' }));
  for (const [name, content] of Object.entries(smallFiles(evidence)))
    await writeFile(join(folder, name), content);
  const sums = Buffer.from(await sumsOf(folder));
  await writeFile(join(folder, 'SHA256SUMS'), sums);
  await writeFile(join(folder, 'SHA256SUMS.asc'), await sign(sums));
}

function smallFiles(evidence: Evidence): Record<string, string | Uint8Array> {
  const { header, details, log } = evidence;
  const lines = log.flatMap(({ index, leaf, payload, proof }) => {
    const name = `log/${String(index).padStart(8, '0')}`;
    return [
      [`${name}.line`, leaf],
      [`${name}.payload`, payload],
      [`${name}.proof`, proof],
    ] as const;
  });
  return {
    'manifest.json': evidence.manifest,
    'manifest.json.asc': evidence.manifestSignature,
    'appliance.asc': evidence.certificate,
    'log/checkpoint.txt': evidence.checkpoint,
    'log/checkpoint.txt.asc': evidence.checkpointSignature,
    ...(details && { 'details.pgp': Buffer.concat([header, details]) }),
    ...Object.fromEntries(lines),
  };
}

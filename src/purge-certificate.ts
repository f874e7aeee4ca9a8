// The certificate of a destruction: the signed tombstone, and what the audit log says of the recording, proved (C23).

import { copyFile, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Appliance } from './appliance.ts';
import { inclusionText } from './audit/checkpoint.ts';
import { provenLinesOf } from './evidence-of-recording.ts';
import type { Tombstone } from './purge/tombstone.ts';
import { recordingNotFound } from './sealed-recording.ts';
import { isCallId } from './shared/call-id.ts';
import { GreffierError } from './shared/errors.ts';
import { sumsOf } from './shared/sums.ts';

const SAME_IN_ALL = fileURLToPath(new URL('./purge/package/', import.meta.url));

export interface Certificate {
  destroyedAt: string;
  /** Name in the package, and content. */
  files: Record<string, string | Uint8Array>;
}

/** Gathers the certificate. Throws `recording-not-found`, `not-destroyed`, and `no-tombstone`. */
export async function certificateOf(
  { catalogue, vault, audit, signer }: Appliance,
  id: string,
): Promise<Certificate> {
  const row = isCallId(id) ? catalogue.recording(id) : undefined;
  if (!row) throw recordingNotFound(id);
  if (row.state !== 'destroyed')
    throw new GreffierError('not-destroyed', `recording ${id} is there until ${row.due_at}`, { status: 409 });
  const day = new Date(row.day);
  const [text, signature] = [await vault.tombstone(id, day), await vault.tombstoneSignature(id, day)];
  if (!text || !signature)
    throw new GreffierError(
      'no-tombstone',
      `recording ${id} had lost its manifest when it went: nothing certifies it`,
      {
        hint: 'the audit log tells of it: greffier audit show --recording',
        status: 409,
      },
    );
  const { checkpoint, proven } = await provenLinesOf(audit, id);
  const log = proven.flatMap(({ line, inclusion }) => {
    const name = `log/${String(line.index).padStart(8, '0')}`;
    return [
      [`${name}.line`, line.leaf],
      [`${name}.payload`, Buffer.concat([line.payload, Buffer.from('\n')])],
      [`${name}.proof`, inclusionText(inclusion)],
    ] as const;
  });
  return {
    destroyedAt: (JSON.parse(text) as Tombstone).destroyedAt,
    files: {
      'tombstone.json': text,
      'tombstone.json.asc': signature,
      'appliance.asc': signer.publicKey,
      'log/checkpoint.txt': checkpoint.text,
      'log/checkpoint.txt.asc': checkpoint.signature,
      ...Object.fromEntries(log),
    },
  };
}

/** Lays the certificate out in an empty folder, and signs the list of its files. */
export async function layOutCertificate(
  folder: string,
  { files }: Certificate,
  sign: (content: Uint8Array) => Promise<string>,
): Promise<void> {
  await mkdir(join(folder, 'log'));
  for (const name of await readdir(SAME_IN_ALL)) await copyFile(join(SAME_IN_ALL, name), join(folder, name));
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  const sums = Buffer.from(await sumsOf(folder));
  await writeFile(join(folder, 'SHA256SUMS'), sums);
  await writeFile(join(folder, 'SHA256SUMS.asc'), await sign(sums));
}

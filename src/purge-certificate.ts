// The certificate of a destruction: the signed tombstone, and what the audit log says of the recording, proved (C23).

import { copyFile, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Appliance } from './appliance.ts';
import { logFilesOf } from './evidence-of-recording.ts';
import type { Tombstone } from './purge/tombstone.ts';
import { recordingNotFound } from './sealed-recording.ts';
import { isCallId } from './shared/call-id.ts';
import { GreffierError } from './shared/errors.ts';
import { type Sign, signSums } from './shared/sums.ts';

const SAME_IN_ALL = fileURLToPath(new URL('./purge/package/', import.meta.url));

export interface Certificate {
  destroyedAt: string;
  /** Name in the package, and content. */
  files: Record<string, string | Uint8Array>;
  /** Those of log/. */
  log: Record<string, string | Uint8Array>;
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
  return {
    destroyedAt: (JSON.parse(text) as Tombstone).destroyedAt,
    files: {
      'tombstone.json': text,
      'tombstone.json.asc': signature,
      'appliance.asc': signer.publicKey,
    },
    log: await logFilesOf(audit, id),
  };
}

/** Lays the certificate out in an empty folder, and signs the list of its files. */
export async function layOutCertificate(
  folder: string,
  { files, log }: Certificate,
  sign: Sign,
): Promise<void> {
  await mkdir(join(folder, 'log'));
  for (const name of await readdir(SAME_IN_ALL)) await copyFile(join(SAME_IN_ALL, name), join(folder, name));
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  for (const [name, content] of Object.entries(log)) await writeFile(join(folder, 'log', name), content);
  await signSums(folder, sign);
}

// A sealed recording that is about to be handed out: it is there, whole, and what its manifest says it is.

import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import type { Appliance } from './appliance.ts';
import { type Manifest, readManifest } from './sealing/manifest.ts';
import { isCallId } from './shared/call-id.ts';
import { GreffierError } from './shared/errors.ts';

export interface SealedRecording {
  id: string;
  day: Date;
  header: Buffer;
  /** The encrypted audio, which may be large. */
  body: () => NodeJS.ReadableStream;
  details: Buffer;
  manifest: Manifest;
  manifestBytes: Buffer;
  signature: Buffer;
}

/** Reads a recording. Throws `recording-not-found`, `recording-destroyed`, `body-altered` or `details-altered`. */
export async function readSealed(
  { catalogue, vault }: Pick<Appliance, 'catalogue' | 'vault'>,
  id: string,
): Promise<SealedRecording> {
  const row = isCallId(id) ? catalogue.recording(id) : undefined;
  if (!row) throw recordingNotFound(id);
  const day = new Date(row.day);
  const parts = ['header', 'details', 'manifest', 'signature'] as const;
  const [header, details, manifestBytes, signature] = await Promise.all(
    parts.map((part) => vault.read(id, day, part)),
  );
  const there = (await vault.sizes(id, day))['body.pgp'] !== undefined;
  if (!header || !details || !manifestBytes || !signature || !there)
    throw new GreffierError('recording-destroyed', `recording ${id} was destroyed`, { status: 410 });
  const manifest = readManifest(manifestBytes);
  const body = () => vault.stream(id, day, 'body');
  const hash = createHash('sha256');
  await pipeline(body(), hash);
  if (hash.digest('hex') !== manifest.body.sha256) throw altered('body', id);
  const sum = createHash('sha256').update(details).digest('hex');
  if (sum !== manifest.details.sha256) throw altered('details', id);
  return { id, day, header, body, details, manifest, manifestBytes, signature };
}

export function recordingNotFound(id: string): GreffierError {
  return new GreffierError('recording-not-found', `no recording ${id}`, {
    hint: 'greffier recordings list shows their ids',
    status: 404,
  });
}

function altered(part: 'body' | 'details', id: string): GreffierError {
  return new GreffierError(`${part}-altered`, `the ${part} of ${id} is not the one its manifest names`, {
    hint: 'greffier vault check looks at all recordings; bring the file back from a backup',
  });
}

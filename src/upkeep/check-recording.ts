// Is a recording in the vault what it was when it was sealed, and do the others know of it? Every fault is named; none
// hides another.

import { createHash } from 'node:crypto';
import type { Appliance } from '../appliance.ts';
import { dayOf, type Manifest, readManifest } from '../sealing/manifest.ts';
import { checkProfile } from '../sealing/packets.ts';
import { isMissing, reasonOf } from '../shared/errors.ts';
import { sessionKeyPackets } from '../shared/packets.ts';
import type { WhyBad } from '../signatures.ts';
import { FILES } from '../vault/vault.ts';

type Parts = Pick<Appliance, 'vault' | 'catalogue' | 'signer'>;

const START_BYTES = 16;

/** All that is wrong with the recording in that place; nothing, when it is good. */
export async function checkRecording(parts: Parts, whyBad: WhyBad, id: string, day: Date): Promise<string[]> {
  const { vault } = parts;
  if (await vault.tombstone(id, day))
    return ['it has a tombstone and is still there: greffier purge ends its destruction'];
  const known = new Set<string>(Object.values(FILES));
  const names = Object.keys(await vault.sizes(id, day));
  const foreign = names.filter((name) => !known.has(name)).map((name) => `${name} is no file of a recording`);
  const bytes = await vault.read(id, day, 'manifest');
  if (!bytes) return [...foreign, 'manifest.json is missing'];
  const faults = [...foreign, ...(await signatureFaults(parts, whyBad, bytes, id, day))];
  let manifest: Manifest;
  try {
    manifest = readManifest(bytes);
  } catch (error) {
    return [...faults, reasonOf(error)];
  }
  faults.push(...placeFaults(parts, manifest, id, day));
  const record = await vault.calls.read(id, day);
  if (record === undefined) faults.push('the record of its call is missing');
  // The header last: destruction begins with it, so whoever is destroyed meanwhile is found to have none.
  const starts = [];
  for (const part of ['body', 'details'] as const) {
    const found = await ciphertext(parts, id, day, part);
    faults.push(...ciphertextFaults(FILES[part], found, manifest[part]));
    if (found) starts.push(found.start);
  }
  return [...faults, ...headerFaults(await vault.read(id, day, 'header'), starts)];
}

async function signatureFaults(
  { vault, signer }: Parts,
  whyBad: WhyBad,
  bytes: Uint8Array,
  id: string,
  day: Date,
): Promise<string[]> {
  const signature = await vault.read(id, day, 'signature');
  if (!signature) return ['manifest.json.asc is missing'];
  const why = await whyBad(bytes, signature.toString());
  return why ? [`the signature of the manifest is not good by ${signer.fingerprint}: ${why}`] : [];
}

function placeFaults({ catalogue }: Parts, manifest: Manifest, id: string, day: Date): string[] {
  const faults: string[] = [];
  if (manifest.id !== id) faults.push(`the manifest is that of ${manifest.id}`);
  if (dayOf(manifest).getTime() !== day.getTime())
    faults.push(`it lies in the folder of another day than ${manifest.arrivedAt.slice(0, 10)}`);
  const row = catalogue.recording(id);
  if (!row) faults.push('the catalogue has no row of it');
  else if (row.state === 'destroyed') faults.push('the catalogue has it as destroyed');
  return faults;
}

interface Ciphertext {
  bytes: number;
  sha256: string;
  start: Buffer;
}

async function ciphertext(
  { vault }: Parts,
  id: string,
  day: Date,
  part: 'body' | 'details',
): Promise<Ciphertext | undefined> {
  const hash = createHash('sha256');
  let [bytes, start] = [0, Buffer.alloc(0)];
  try {
    for await (const chunk of vault.stream(id, day, part) as AsyncIterable<Buffer>) {
      hash.update(chunk);
      bytes += chunk.length;
      if (start.length < START_BYTES) start = Buffer.concat([start, chunk.subarray(0, START_BYTES)]);
    }
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
  return { bytes, sha256: hash.digest('hex'), start };
}

function ciphertextFaults(
  name: string,
  found: Ciphertext | undefined,
  { bytes, sha256 }: Manifest['body'],
): string[] {
  if (!found) return [`${name} is missing`];
  if (found.bytes !== bytes) return [`${name} has ${found.bytes} bytes and not ${bytes}`];
  return found.sha256 === sha256 ? [] : [`${name} is not the one that the manifest names`];
}

function headerFaults(header: Buffer | undefined, starts: Buffer[]): string[] {
  if (!header) return ['header.pgp is missing'];
  try {
    const recipients = sessionKeyPackets(header).length;
    for (const start of starts) checkProfile(header, start, recipients);
    return [];
  } catch (error) {
    return [`header.pgp: ${reasonOf(error)}`];
  }
}

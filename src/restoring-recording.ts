// One recording from a backup: looked at before it appears in the vault, for a share is no safe place.

import { join } from 'node:path';
import { type Bodies, sumOfFile, writeStream } from './backup/bodies.ts';
import type { Restoring } from './restoring.ts';
import { dayOf, type Manifest, readManifest } from './sealing/manifest.ts';
import { GreffierError, reasonOf } from './shared/errors.ts';
import { writeFlushed } from './shared/files.ts';
import { sessionKeyPackets } from './shared/packets.ts';
import type { WhyBad } from './signatures.ts';
import { insistOnRoom } from './upkeep/vault-room.ts';
import { FILES } from './vault/vault.ts';

export interface BackedUpHeader {
  id: string;
  day: Date;
  header: Uint8Array;
  /** Of a rotation that was under way. */
  previous?: Uint8Array;
}

const CIPHERTEXTS = ['body', 'details'] as const;

/**
 * Brings one recording back, unless it is there. Throws `bad-copy` when the copy is not what its signed manifest says, and
 * `bad-header`; then it has not come back.
 */
export async function restoreRecording(
  { appliance, bodies, whyBad, dryRun, rotating }: Restoring,
  { id, day, header, previous }: BackedUpHeader,
): Promise<'restored' | 'kept'> {
  const { vault } = appliance;
  if (await vault.has(id, day)) return 'kept';
  const { faults, manifest, bytes, signature } = await lookAtCopy(bodies, whyBad, id, day);
  if (faults.length > 0 || !manifest) throw new GreffierError('bad-copy', faults.join('; '));
  sessionKeyPackets(header);
  if (dryRun) return 'restored';
  await insistOnRoom(vault, manifest.body.bytes);
  const folder = await vault.incoming(id);
  try {
    await writeFlushed(join(folder, FILES.header), header);
    // Where none is under way any more, nothing would ever take the former header away.
    if (previous && rotating) await writeFlushed(join(folder, FILES.previous), previous);
    for (const part of CIPHERTEXTS) {
      const path = join(folder, FILES[part]);
      await writeStream(path, bodies.stream(id, day, part));
      // Looked at again where it is now: what a share gives twice may be two things.
      if ((await sumOfFile(path)).sha256 !== manifest[part].sha256)
        throw new GreffierError('bad-copy', `${FILES[part]} has changed while it was read`);
    }
    // The manifest last: with its signature the folder is a recording, whatever happens now.
    await vault.putManifest(id, bytes, signature);
    await vault.admit(id, day);
  } catch (error) {
    await vault.discard(id);
    throw error;
  }
  return 'restored';
}

/** A copy on a target, with all that is wrong with it. */
export async function lookAtCopy(
  bodies: Bodies,
  whyBad: WhyBad,
  id: string,
  day: Date,
): Promise<{ faults: string[]; manifest?: Manifest; bytes: Uint8Array; signature: string }> {
  const [found, signed] = [await bodies.read(id, day, 'manifest'), await bodies.read(id, day, 'signature')];
  const [bytes, signature] = [found ?? Buffer.alloc(0), signed?.toString() ?? ''];
  if (!found) return { faults: ['manifest.json is missing'], bytes, signature };
  const bad = await whyBad(bytes, signature);
  const faults = bad === undefined ? [] : [`the signature of the manifest is not good: ${bad}`];
  let manifest: Manifest;
  try {
    manifest = readManifest(bytes);
  } catch (error) {
    return { faults: [...faults, reasonOf(error)], bytes, signature };
  }
  if (manifest.id !== id || dayOf(manifest).getTime() !== day.getTime())
    faults.push(`it is the recording ${manifest.id} of ${manifest.arrivedAt}, in a place of another`);
  for (const part of CIPHERTEXTS) {
    const sum = await bodies.sum(id, day, part).catch((error) => reasonOf(error));
    if (typeof sum === 'string') faults.push(sum);
    else if (sum.sha256 !== manifest[part].sha256)
      faults.push(`${FILES[part]} is not the one that the manifest names`);
  }
  return { faults, manifest, bytes, signature };
}

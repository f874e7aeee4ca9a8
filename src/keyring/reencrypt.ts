// Recordings that were encrypted again, away from the box, taken back: body, details, header and a manifest that is
// signed anew. A signed statement beside the tombstones says which manifest took the place of which, so that the chain
// from the first one can be followed.

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { readKey } from 'openpgp';
import type { Appliance } from '../appliance.ts';
import { recordingRow } from '../catalogue-rows.ts';
import { recipientsOf } from '../keys/recipients.ts';
import { isOpen, rotations } from '../keys/rotation-file.ts';
import type { SealedParts } from '../offline/reencrypt.ts';
import { type Manifest, readManifest } from '../sealing/manifest.ts';
import { isCallId } from '../shared/call-id.ts';
import { canonicalBytes } from '../shared/canonical.ts';
import { GreffierError, reasonOf } from '../shared/errors.ts';
import { makeFolder, writeDurably, writeFlushed } from '../shared/files.ts';
import { isOnePacket, packetAt, sessionKeyPackets } from '../shared/packets.ts';
import { interruptedSwaps, recoverSwaps, swapFolder, swapIn } from '../vault/swap.ts';
import { insistOnVault } from './rotation-headers.ts';

const SEIPD = 18;
const DAY_MS = 86_400_000;

/**
 * Puts a recording that was encrypted again in the place of the former one. Throws `not-reencrypted` with the reason;
 * then nothing has changed.
 * @param former SHA-256 of the manifest that it was made from
 */
export function takeReencrypted(
  appliance: Appliance,
  by: string,
  id: string,
  former: string,
  parts: SealedParts,
): Promise<Manifest> {
  const { config, vault, catalogue, signer, audit, clock } = appliance;
  const store = rotations(config.state.keys);
  return store.exclusively(async () => {
    await insistOnVault(vault);
    await recoverSwaps(config.state.vault);
    if (isOpen(await store.last())) throw refusal(id, 'a rotation is under way: end it first');
    const row = isCallId(id) ? catalogue.recording(id) : undefined;
    if (!row || row.state === 'destroyed') throw refusal(id, 'there is no such recording any more');
    // So that the purge never meets a recording that is just being exchanged.
    if (new Date(row.due_at).getTime() - clock().getTime() < DAY_MS)
      throw refusal(id, `it is destroyed on ${row.due_at}`);
    const day = new Date(row.day);
    const bytes = await vault.read(id, day, 'manifest');
    if (!bytes || sha256(bytes) !== former) throw refusal(id, 'it was made from another manifest');
    const before = readManifest(bytes);
    const recipients = await expectedRecipients(appliance, before.policy.id);
    checkParts(id, parts, recipients);
    const manifest: Manifest = {
      ...before,
      body: { bytes: parts.body.length, sha256: sha256(parts.body) },
      details: { bytes: parts.details.length, sha256: sha256(parts.details) },
      recipients,
      signedBy: signer.fingerprint,
    };
    await audit.write({ actor: by, action: 'reencrypted', recording: id, reason: `from manifest ${former}` });
    await lay(appliance, id, manifest, parts);
    await state(appliance, id, former, canonicalBytes(manifest));
    await swapIn(config.state.vault, id, day);
    catalogue.putRecording(recordingRow(manifest, parts.header));
    return manifest;
  });
}

/** Ends exchanges that were interrupted; does nothing when there are none. */
export async function mendExchanges({ config }: Appliance): Promise<void> {
  if ((await interruptedSwaps(config.state.vault)).length === 0) return;
  await rotations(config.state.keys).exclusively(() => recoverSwaps(config.state.vault));
}

/** Fingerprints of the encryption keys that the policy asks for today. */
async function expectedRecipients({ config, settings, clock }: Appliance, policy: string): Promise<string[]> {
  const found = settings.data.policies.find(({ id }) => id === policy);
  const { keys } = await recipientsOf(config.paths, found, clock());
  return Promise.all(
    keys.map(async ({ armored }) => {
      const key = await readKey({ armoredKey: armored });
      return (await key.getEncryptionKey(undefined, clock())).getFingerprint();
    }),
  );
}

function checkParts(id: string, { header, body, details }: SealedParts, recipients: string[]): void {
  try {
    const given = sessionKeyPackets(header).map(({ keyId }) => keyId);
    const wanted = recipients.map((fingerprint) => fingerprint.slice(-16));
    if (given.toSorted().join() !== wanted.toSorted().join())
      throw new Error(`it is for ${given.join(', ')}, and should be for ${wanted.join(', ')}`);
    for (const part of [body, details]) {
      if (!isOnePacket(part, SEIPD) || part[packetAt(part, 0).start] !== 1)
        throw new Error('its body or its details are not one version 1 encrypted packet');
    }
  } catch (error) {
    throw refusal(id, reasonOf(error));
  }
}

async function lay(
  { config, signer }: Appliance,
  id: string,
  manifest: Manifest,
  { header, body, details }: SealedParts,
): Promise<void> {
  const folder = await swapFolder(config.state.vault, id);
  await writeFlushed(join(folder, 'header.pgp'), header);
  await writeFlushed(join(folder, 'body.pgp'), body);
  await writeFlushed(join(folder, 'details.pgp'), details);
  const bytes = canonicalBytes(manifest);
  await writeFlushed(join(folder, 'manifest.json'), bytes);
  await writeFlushed(join(folder, 'manifest.json.asc'), await signer.sign(bytes));
}

/** Written before the exchange: a manifest that nobody can trace is worse than a statement too many. */
async function state({ config, clock, signer }: Appliance, id: string, former: string, manifest: Uint8Array) {
  const statement = canonicalBytes({
    format: 'greffier-reencrypted-1',
    id,
    at: clock().toISOString(),
    formerManifestSha256: former,
    manifestSha256: sha256(manifest),
    signedBy: signer.fingerprint,
  });
  const folder = join(config.state.vault, 'reencrypted');
  await makeFolder(folder);
  const path = join(folder, `${id}.${sha256(manifest).slice(0, 12)}.json`);
  await writeDurably(`${path}.asc`, await signer.sign(statement));
  await writeDurably(path, statement);
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function refusal(id: string, reason: string): GreffierError {
  return new GreffierError('not-reencrypted', `recording ${id} stays as it is: ${reason}`, { status: 409 });
}

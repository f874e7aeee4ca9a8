// From a sealed recording and the audit log to one package that a stranger can verify. Whoever hands it out leaves a
// trace first, and that trace is in the package.

import type { Appliance } from './appliance.ts';
import { filesOf, proveLines } from './audit/checkpoint.ts';
import { entryOf } from './audit/entry.ts';
import type { AuditJournal } from './audit/journal.ts';
import type { Evidence } from './evidence/package.ts';
import type { SealedRecording } from './sealed-recording.ts';
import { sessionKeyPackets } from './shared/packets.ts';

export interface EvidenceWish {
  /** Who hands it out, and why. */
  actor: string;
  reason: string;
  /** Session key packets made for whoever asked, in place of the recording's own. */
  header?: Uint8Array;
  /** With the full number and the name. */
  withDetails: boolean;
}

/** Gathers the evidence. Throws `bad-header`, and `audit-unavailable`: then nothing leaves. */
export async function gatherEvidence(
  { audit, signer }: Pick<Appliance, 'audit' | 'signer'>,
  recording: SealedRecording,
  { actor, reason, header = recording.header, withDetails }: EvidenceWish,
): Promise<Evidence> {
  sessionKeyPackets(header).length;
  const action = withDetails ? 'export-evidence-with-details' : 'export-evidence';
  const extensions = recording.manifest.extensions.join(' ');
  await audit.write({ actor, action, recording: recording.id, reason, extensions });
  return {
    header,
    body: recording.body,
    ...(withDetails && { details: recording.details }),
    manifest: recording.manifestBytes,
    manifestSignature: recording.signature.toString(),
    certificate: signer.publicKey,
    log: await logFilesOf(audit, recording.id),
  };
}

/** Every line of the log that names a recording, each proved against the checkpoint that comes with them, as files. */
export async function logFilesOf(
  audit: AuditJournal,
  recording: string,
): Promise<Record<string, string | Uint8Array>> {
  const checkpoint = await audit.checkpoint();
  const leaves = (await audit.leaves()).slice(0, checkpoint.size);
  const named = (await audit.lines()).filter(
    (line) => line.index < checkpoint.size && entryOf(line)?.recording === recording,
  );
  return Object.assign(
    { 'checkpoint.txt': checkpoint.text, 'checkpoint.txt.asc': checkpoint.signature },
    ...proveLines(leaves, named).map(filesOf),
  );
}

// From a sealed recording and the audit log to one package that a stranger can verify. Whoever hands it out leaves a
// trace first, and that trace is in the package.

import type { Appliance } from './appliance.ts';
import { checkpointText, inclusionText, proveLines } from './audit/checkpoint.ts';
import type { AuditEntry } from './audit/journal.ts';
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
  { audit, signer, config, clock }: Pick<Appliance, 'audit' | 'signer' | 'config' | 'clock'>,
  recording: SealedRecording,
  { actor, reason, header = recording.header, withDetails }: EvidenceWish,
): Promise<Evidence> {
  sessionKeyPackets(header).length;
  const action = withDetails ? 'export-evidence-with-details' : 'export-evidence';
  await audit.write({ actor, action, recording: recording.id, reason });
  const isAsked = (line: Buffer) => recordingIn(line) === recording.id;
  const { checkpoint, proven } = proveLines(await audit.lines(), isAsked, config.site.name, clock());
  const text = checkpointText(checkpoint);
  return {
    header,
    body: recording.body,
    ...(withDetails && { details: recording.details }),
    manifest: recording.manifestBytes,
    manifestSignature: recording.signature.toString(),
    certificate: signer.publicKey,
    checkpoint: text,
    checkpointSignature: await signer.sign(Buffer.from(text)),
    log: proven.map(({ line, inclusion }) => ({
      index: inclusion.index,
      line,
      proof: inclusionText(inclusion),
    })),
  };
}

/** Recording that a line of the log is about. A line that a power cut has spoilt is about none. */
function recordingIn(line: Buffer): string | undefined {
  try {
    return (JSON.parse(line.toString()) as Partial<AuditEntry> | null)?.recording;
  } catch {
    return undefined;
  }
}

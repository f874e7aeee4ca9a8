// The audit log as witnesses see it: checkpoints, proofs that it has only grown, and how both are verified. The box and
// the witness on another machine judge by the same lines.

import type { Appliance } from './appliance.ts';
import { checkpointText, proveLines } from './audit/checkpoint.ts';
import { consistencyText, isConsistent, readCheckpoint } from './audit/consistency.ts';
import { verifier } from './signatures.ts';
import type { Format, Log } from './witness/log.ts';

/** The clocks of two machines differ; a signature from tomorrow is still a signature. */
const LEEWAY_MS = 86_400_000;

/** The log of this appliance. */
export function logOf({
  audit,
  signer,
  config,
  clock,
}: Pick<Appliance, 'audit' | 'signer' | 'config' | 'clock'>): Log {
  return {
    async checkpoint() {
      const { checkpoint } = proveLines(await audit.lines(), () => false, config.site.name, clock());
      const text = checkpointText(checkpoint);
      return { text, signature: await signer.sign(Buffer.from(text)) };
    },
    consistency: async (from, to) => consistencyText(await audit.lines(), from, to),
  };
}

/** Checkpoints that are signed by one armored public key. */
export async function formatOf(publicKey: string): Promise<Format> {
  const whyBad = await verifier(publicKey, LEEWAY_MS);
  return {
    read: readCheckpoint,
    whyBad: (text, signature) => whyBad(Buffer.from(text), signature),
    isConsistent,
  };
}

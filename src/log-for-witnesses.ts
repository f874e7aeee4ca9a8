// The audit log as witnesses see it: checkpoints, proofs that it has only grown, and how both are verified. The box and
// the witness on another machine judge by the same lines.

import type { Appliance } from './appliance.ts';
import { readCheckpoint } from './audit/checkpoint.ts';
import { isConsistent, readConsistency } from './audit/consistency.ts';
import { GreffierError } from './shared/errors.ts';
import { verifier } from './signatures.ts';
import type { Format, Log } from './witness/log.ts';

/** The clocks of two machines differ; a signature from tomorrow is still a signature. */
const LEEWAY_MS = 86_400_000;

/** The log of this appliance. */
export function logOf({ audit }: Pick<Appliance, 'audit'>): Log {
  return {
    async checkpoint() {
      const { text, signature } = await audit.checkpoint();
      return { text, signature };
    },
    consistency: (from, to) => audit.consistency(from, to),
  };
}

/** Checkpoints that are signed by one armored public key. */
export async function formatOf(publicKey: string): Promise<Format> {
  const whyBad = await verifier(publicKey, LEEWAY_MS);
  return {
    read(text) {
      const checkpoint = readCheckpoint(text);
      if (checkpoint) return checkpoint;
      throw new GreffierError('bad-checkpoint', 'it is no checkpoint of an audit log', {
        hint: 'five lines: greffier-checkpoint-1, origin, size, root, time',
        status: 400,
      });
    },
    whyBad: (text, signature) => whyBad(Buffer.from(text), signature),
    isConsistent(text, from, to) {
      const proof = readConsistency(text);
      if (proof?.from !== from.size || proof.to !== to.size || from.size < 1) return false;
      const path = proof.path.map((hash) => Buffer.from(hash, 'hex'));
      return isConsistent(headOf(from), headOf(to), path);
    },
  };
}

function headOf({ size, root }: { size: number; root: string }) {
  return { size, root: Buffer.from(root, 'hex') };
}

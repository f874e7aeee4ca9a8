// From what the configuration says to witnesses that can be spoken to, and how they are in brief.

import type { Appliance } from './appliance.ts';
import type { WitnessConfig } from './config/witnesses.ts';
import { reasonOf } from './shared/errors.ts';
import { emailWitness } from './witness/email.ts';
import { folderWitness } from './witness/folder.ts';
import type { Format } from './witness/log.ts';
import { type Memory, recall } from './witness/memory.ts';
import { sshWitness } from './witness/ssh.ts';
import type { Witness } from './witness/witness.ts';

/** The witness that a part of the configuration describes. */
export function witnessOf(
  { config, signer }: Pick<Appliance, 'config' | 'signer'>,
  witness: WitnessConfig,
  { accepted }: Memory,
  format: Format,
): Witness {
  const { name, language } = config.site;
  if (witness.kind === 'folder') return folderWitness(witness.path, name, format);
  if (witness.kind === 'ssh') return sshWitness(witness, format);
  return emailWitness(witness, { site: name, language, fingerprint: signer.fingerprint, before: accepted });
}

/** What each witness holds, how far it is behind, what is wrong; and a warning when there is none. */
export async function witnessesInBrief({ config, audit }: Pick<Appliance, 'config' | 'audit'>) {
  const configured = config.witnesses ?? [];
  if (configured.length === 0) return { witnesses: [], witness: 'none' as const };
  const size = await audit.size();
  const witnesses = configured.map(async ({ id, kind }) => {
    const { accepted, error } = await recalled(config.state.witnesses, id);
    const [lastSize, lastAt] = [accepted?.size ?? null, accepted?.at ?? null];
    return { id, kind, lastSize, lastAt, behind: size - (lastSize ?? 0), error };
  });
  return { witnesses: await Promise.all(witnesses) };
}

async function recalled(folder: string, id: string) {
  try {
    const known = await recall(folder, id);
    return { accepted: known?.accepted, error: known?.error?.message ?? null };
  } catch (error) {
    return { accepted: undefined, error: reasonOf(error) };
  }
}

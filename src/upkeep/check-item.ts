// What is wrong with one thing that lies in the vault.

import type { Appliance } from '../appliance.ts';
import { readCallRecord } from '../calls/record.ts';
import type { Tombstone } from '../purge/tombstone.ts';
import { reasonOf } from '../shared/errors.ts';
import type { WhyBad } from '../signatures.ts';
import type { VaultItem } from '../vault/walk.ts';
import { checkRecording } from './check-recording.ts';

type Parts = Pick<Appliance, 'vault' | 'catalogue' | 'signer'>;

/** All faults of one item. What cannot be read has that fault; it never throws. */
export async function checkItem(parts: Parts, whyBad: WhyBad, item: VaultItem): Promise<string[]> {
  try {
    switch (item.kind) {
      case 'recording':
        return await checkRecording(parts, whyBad, item.id, item.day);
      case 'tombstone':
        return await checkTombstone(parts, whyBad, item);
      case 'call':
        return await checkCall(parts, item);
      case 'incoming':
        return [];
      case 'stranger':
        return ['it belongs to no recording, tombstone or call'];
    }
  } catch (error) {
    return [`it cannot be read: ${reasonOf(error)}`];
  }
}

/** A folder that went as a whole leaves no trace of its own; that it was recorded, the call's record still says. */
async function checkCall({ vault }: Parts, { id, day }: VaultItem): Promise<string[]> {
  const { recorded } = readCallRecord((await vault.calls.read(id, day)) ?? '');
  if (!recorded || (await vault.has(id, day))) return [];
  return (await vault.tombstone(id, day)) ? [] : ['its recording is missing, and there is no tombstone'];
}

async function checkTombstone(
  { vault, catalogue }: Parts,
  whyBad: WhyBad,
  { id, day }: VaultItem,
): Promise<string[]> {
  const [text, signature] = [await vault.tombstone(id, day), await vault.tombstoneSignature(id, day)];
  if (text === undefined) return ['the tombstone is missing'];
  const faults: string[] = [];
  const why = signature === undefined ? 'it is missing' : await whyBad(Buffer.from(text), signature);
  if (why) faults.push(`the signature of the tombstone is not good: ${why}`);
  const { id: named } = JSON.parse(text) as Tombstone;
  if (named !== id) faults.push(`the tombstone is that of ${named}`);
  if (!catalogue.recording(id)) faults.push('the catalogue has no row of it');
  return faults;
}

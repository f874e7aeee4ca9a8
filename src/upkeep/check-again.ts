// What a check of the vault has found is looked at once more before anybody is told.

import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Appliance } from '../appliance.ts';
import type { WhyBad } from '../signatures.ts';
import type { Finding } from '../vault/check-files.ts';
import type { VaultItem } from '../vault/walk.ts';
import { checkItem } from './check-item.ts';

type Parts = Pick<Appliance, 'vault' | 'catalogue' | 'signer'>;

/** What was under way when it was looked at is over by then. */
const SETTLE_MS = 500;

/**
 * Calls went on meanwhile: what was being written, admitted or destroyed at that moment is good by now, or gone with
 * its tombstone.
 */
export async function lookAgain(
  parts: Parts,
  whyBad: WhyBad,
  found: Finding[],
  root: string,
): Promise<Finding[]> {
  if (found.length) await delay(SETTLE_MS);
  const still: Finding[] = [];
  for (const finding of found) {
    const item = { ...finding, day: dayIn(finding.path) };
    const gone = !(await isThere(join(root, finding.path)));
    // A recording that is destroyed leaves a tombstone; a stranger may go as it came.
    if (gone && (item.kind !== 'recording' || (await parts.vault.tombstone(item.id, item.day)))) continue;
    const faults = await checkItem(parts, whyBad, item);
    if (faults.length) still.push(findingOf(item, faults));
  }
  return still;
}

/** The finding that an item has these faults. */
export function findingOf(
  { kind, id, path }: Pick<VaultItem, 'kind' | 'id' | 'path'>,
  faults: string[],
): Finding {
  return { kind, id, path, faults };
}

function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

function dayIn(path: string): Date {
  const [year, month, date = '01'] = path.split('/').filter((part) => /^\d{2,4}$/.test(part));
  return new Date(`${year}-${month}-${date}T00:00:00Z`);
}

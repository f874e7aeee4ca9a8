// Holds in the index: until when each recording is held, as the files say. The index may be behind and is put right; but it
// never lets go what the files do not account for, so that a hold whose files were removed is still known there.

import { FOR_EVER, type Hold } from './hold.ts';

export interface HeldRow {
  id: string;
  held_until: string;
}

export interface Correction {
  /** What the index is to say; null of what is held no more. */
  put: { id: string; until: string | null }[];
  /** Rows that are held at that moment though no hold says so. */
  unexplained: HeldRow[];
}

/** What the index has to be told. */
export function corrected(holds: Hold[], rows: HeldRow[], now: Date): Correction {
  const wanted = new Map<string, string>();
  for (const hold of holds.filter(({ releasedAt }) => releasedAt === null)) {
    const until = hold.damage === null ? hold.endsAt : FOR_EVER;
    for (const { id } of hold.recordings) if (until > (wanted.get(id) ?? '')) wanted.set(id, until);
  }
  const known = new Map(rows.map(({ id, held_until }) => [id, held_until]));
  const earlier = earlierEnds(holds);
  // Nobody can tell which ends a damaged hold had: that two people have released it accounts for any.
  const mended = new Set(holds.filter(isMended).flatMap(({ recordings }) => recordings.map(({ id }) => id)));
  const correction: Correction = { put: [], unexplained: [] };
  for (const id of new Set([...wanted.keys(), ...known.keys()])) {
    const [until, before] = [wanted.get(id) ?? null, known.get(id) ?? null];
    if (until === before) continue;
    if (before === null || before < (until ?? '') || mended.has(id) || earlier.get(id)?.has(before))
      correction.put.push({ id, until });
    else if (before > now.toISOString()) correction.unexplained.push({ id, held_until: before });
  }
  return correction;
}

/** Ends that a recording had and has no more: of holds that were released early, and of damage that was mended. */
function earlierEnds(holds: Hold[]): Map<string, Set<string>> {
  const ends = new Map<string, Set<string>>();
  for (const { recordings, releasedAt, ends: own } of holds)
    for (const { id } of recordings)
      ends.set(id, new Set([...(ends.get(id) ?? []), FOR_EVER, ...(releasedAt === null ? [] : own)]));
  return ends;
}

function isMended({ releasedAt, damage }: Hold): boolean {
  return releasedAt !== null && damage !== null;
}

// The log itself is kept for six to twelve months (CNIL on logging, 2021; C31). What is older goes, but for the hashes of
// its leaves, which say nothing: with them every checkpoint that was ever taken can still be held against the log.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing } from '../shared/errors.ts';
import { writeDurably } from '../shared/files.ts';
import { type AuditLine, leafOf } from './entry.ts';
import { blankBefore, PRUNED } from './log-file.ts';
import { leafHash } from './merkle.ts';

const LEAVES = 'pruned.leaves';
const HASH_BYTES = 32;

/** Hashes of the leaves whose lines are gone, in their order. */
export async function prunedLeaves(folder: string): Promise<Buffer[]> {
  const bytes = await readFile(join(folder, LEAVES)).catch((error) => {
    if (isMissing(error)) return Buffer.alloc(0);
    throw error;
  });
  return Array.from({ length: Math.floor(bytes.length / HASH_BYTES) }, (_, at) =>
    bytes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES),
  );
}

/** How many of the first lines are older than that moment. A damaged one is as old as the one before. */
export function olderThan(lines: AuditLine[], moment: Date): number {
  const end = lines.findIndex(({ leaf }) => {
    const at = leafOf(leaf)?.at;
    return at !== undefined && at >= moment.toISOString();
  });
  return end < 0 ? lines.length : end;
}

/**
 * Destroys the first lines of those that are there. The hashes are on disk before the beginning moves, and the
 * beginning has moved before a byte is overwritten: after a power cut the next time goes on.
 */
export async function pruneLines(
  folder: string,
  lines: AuditLine[],
  count: number,
  at: Date,
  sign: (text: Uint8Array) => Promise<string>,
): Promise<void> {
  const [first, last] = [lines[0], lines[count - 1]];
  if (!first || !last) return;
  const offset = last.end;
  const known = (await prunedLeaves(folder)).slice(0, first.index);
  const hashes = [...known, ...lines.slice(0, count).map(({ leaf }) => leafHash(leaf))];
  await writeDurably(join(folder, LEAVES), Buffer.concat(hashes));
  const text = `${JSON.stringify({ at: at.toISOString(), index: first.index + count, offset })}\n`;
  await writeDurably(join(folder, `${PRUNED}.asc`), await sign(Buffer.from(text)));
  await writeDurably(join(folder, PRUNED), text);
  await blankBefore(folder, offset);
}

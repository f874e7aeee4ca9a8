// A page of a log that may have a million entries: blocks are looked at from the newest one on, those of other days are
// passed over, and in those that do not have the words that are asked for no line is taken apart.

import { type AuditEntry, type AuditLine, entryOf, linesIn } from './entry.ts';
import type { Block } from './head.ts';
import { type Beginning, readBytes } from './log-file.ts';

export const FILTERS = ['actor', 'action', 'recording', 'subject'] as const;
type Filter = Partial<Record<(typeof FILTERS)[number], string>>;

export interface Asked extends Filter {
  /** Entries before that place in the log. */
  before?: number;
  /** From that moment on, and before that one (UTC, ISO 8601). */
  since?: string;
  until?: string;
  limit: number;
}

export interface Page {
  /** Newest first. */
  entries: AuditEntry[];
  /** Give it as `before` for the next page; null on the last one. */
  next: number | null;
}

/** Looks back from the end of the log. Throws what reading the file does. */
export async function lookBack(
  folder: string,
  blocks: readonly Block[],
  beginning: Beginning,
  asked: Asked,
): Promise<Page> {
  const found: AuditEntry[] = [];
  for (const block of blocks.toReversed()) {
    if (block.end <= beginning.offset || found.length > asked.limit) break;
    if (!mayFit(block, asked)) continue;
    const first = block.offset < beginning.offset ? beginning : block;
    const bytes = await readBytes(folder, first.offset, block.end);
    if (!hasWords(bytes, asked)) continue;
    const entries = linesIn(bytes, first).flatMap((line) => entryOf(line) ?? []);
    found.push(...entries.filter((entry) => fits(entry, asked)).reverse());
  }
  const entries = found.slice(0, asked.limit);
  return { entries, next: found.length > asked.limit ? (entries.at(-1)?.index ?? null) : null };
}

/** One line by its place in the log; undefined where there is none, or none any more. */
export async function lineAt(
  folder: string,
  blocks: readonly Block[],
  beginning: Beginning,
  index: number,
): Promise<AuditLine | undefined> {
  const block = blocks.findLast((one) => one.index <= index);
  if (!block || index < beginning.index) return undefined;
  const first = block.offset < beginning.offset ? beginning : block;
  return linesIn(await readBytes(folder, first.offset, block.end), first).find(
    (line) => line.index === index,
  );
}

function mayFit({ index, earliest, latest }: Block, { before, since, until }: Asked): boolean {
  if (before !== undefined && index >= before) return false;
  return (since === undefined || latest >= since) && (until === undefined || earliest < until);
}

/** As they stand in a line: an entry is written in one way only. */
function hasWords(bytes: Buffer, asked: Filter): boolean {
  return FILTERS.every(
    (name) => asked[name] === undefined || bytes.includes(`"${name}":${JSON.stringify(asked[name])}`),
  );
}

function fits(entry: AuditEntry, asked: Asked): boolean {
  const { before, since, until } = asked;
  if (before !== undefined && (entry.index ?? 0) >= before) return false;
  if ((since !== undefined && entry.at < since) || (until !== undefined && entry.at >= until)) return false;
  return FILTERS.every((name) => asked[name] === undefined || entry[name] === asked[name]);
}

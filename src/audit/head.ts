// The tree of a growing log, and where its entries lie: only what came since the last look is read, a part at a time.

import { type AuditLine, leafOf } from './entry.ts';
import { beginningOf, walkLines } from './log-file.ts';
import { leafHash } from './merkle.ts';
import { createPeaks } from './peaks.ts';
import { prunedLeaves } from './pruning.ts';

/** Some hundreds of lines that lie beside each other, so that a page is found without reading what is before it. */
export interface Block {
  /** Of its first line; and the place in the file of its first byte, and of the one after its last. */
  index: number;
  offset: number;
  end: number;
  /** The earliest and the latest moment in it: a clock may have been set back. */
  earliest: string;
  latest: string;
}

export interface Head {
  size: number;
  /** In hex. */
  root: string;
  /** Oldest first. */
  blocks: readonly Block[];
}

/** A block that is smaller takes what comes next. */
const FULL_BYTES = 1 << 18;

/** The head of the log in that folder. Its one verb must not run twice at a time: lines would be counted twice. */
export function createHead(folder: string): { reckon(): Promise<Head> } {
  let peaks = createPeaks();
  let offset = 0;
  let blocks: Block[] = [];

  async function reckon(): Promise<Head> {
    const beginning = await beginningOf(folder);
    if (peaks.size < beginning.index) {
      [peaks, offset, blocks] = [createPeaks(), beginning.offset, []];
      for (const leaf of (await prunedLeaves(folder)).slice(0, beginning.index)) peaks.push(leaf);
    }
    for await (const lines of walkLines(folder, { index: peaks.size, offset })) {
      for (const { leaf } of lines) peaks.push(leafHash(leaf));
      blocks = extended(blocks, lines);
      offset = lines.at(-1)?.end ?? offset;
    }
    return { size: peaks.size, root: peaks.root().toString('hex'), blocks };
  }
  return { reckon };
}

/** Copied where it changes: whoever looks at the old ones goes on with those. */
function extended(blocks: Block[], lines: AuditLine[]): Block[] {
  const [first, end] = [lines[0], lines.at(-1)?.end];
  if (!first || end === undefined) return blocks;
  const moments = lines.flatMap(({ leaf }) => leafOf(leaf)?.at ?? []).sort();
  const [earliest = '', latest = earliest] = [moments[0], moments.at(-1)];
  const last = blocks.at(-1);
  if (!last || last.end - last.offset >= FULL_BYTES)
    return [...blocks, { index: first.index, offset: first.offset, end, earliest, latest }];
  const whole = [last.earliest, last.latest, ...(earliest ? [earliest, latest] : [])].filter(Boolean).sort();
  return [...blocks.slice(0, -1), { ...last, end, earliest: whole[0] ?? '', latest: whole.at(-1) ?? '' }];
}

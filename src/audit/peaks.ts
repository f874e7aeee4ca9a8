// The root of a growing log without keeping its leaves: the roots of its full subtrees are enough.

import { createHash } from 'node:crypto';
import { nodeHash } from './merkle.ts';

export interface Peaks {
  readonly size: number;
  push(leaf: Buffer): void;
  root(): Buffer;
}

/** An empty log. Adding a leaf costs two hashes on average, the root as many as the size has binary ones. */
export function createPeaks(): Peaks {
  const peaks: { leaves: number; hash: Buffer }[] = [];
  let size = 0;
  return {
    get size() {
      return size;
    },
    push(leaf) {
      size += 1;
      let last = { leaves: 1, hash: leaf };
      for (let top = peaks.at(-1); top?.leaves === last.leaves; top = peaks.at(-1)) {
        peaks.pop();
        last = { leaves: last.leaves * 2, hash: nodeHash(top.hash, last.hash) };
      }
      peaks.push(last);
    },
    root: () =>
      peaks.length === 0
        ? createHash('sha256').digest()
        : peaks.map(({ hash }) => hash).reduceRight((right, left) => nodeHash(left, right)),
  };
}

// The Merkle tree of RFC 6962 (section 2.1) over the lines of the log: one hash stands for all of them, and a short
// path shows that one line is among them. Leaves and nodes are hashed with different first bytes, so that neither can
// be taken for the other.

import { createHash } from 'node:crypto';

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

export interface MerkleTree {
  readonly size: number;
  root(): Buffer;
  /** Hashes beside the way from that leaf up to the root, lowest first. Throws a RangeError for no leaf. */
  proof(index: number): Buffer[];
  /** Hashes that show that the tree of the first leaves grew into this one (2.1.2). Throws a RangeError. */
  consistency(before: number): Buffer[];
}

/** Hash of one leaf: the bytes of a line, without its end. */
export function leafHash(line: Uint8Array): Buffer {
  return createHash('sha256').update(LEAF).update(line).digest();
}

/** The tree over these lines. */
export function merkleTree(lines: Uint8Array[]): MerkleTree {
  return treeOf(lines.map(leafHash));
}

/** The tree over leaves whose hashes are known. */
export function treeOf(leaves: Buffer[]): MerkleTree {
  const known = new Map<string, Buffer>();
  const hashOf = (from: number, to: number): Buffer => {
    const [only] = leaves.slice(from, from + 1);
    if (to - from === 1 && only) return only;
    const name = `${from} ${to}`;
    const found = known.get(name);
    if (found) return found;
    const middle = from + splitOf(to - from);
    const hash = nodeHash(hashOf(from, middle), hashOf(middle, to));
    known.set(name, hash);
    return hash;
  };
  return {
    size: leaves.length,
    root: () => (leaves.length ? hashOf(0, leaves.length) : createHash('sha256').digest()),
    consistency(before) {
      if (!Number.isInteger(before) || before < 0 || before > leaves.length)
        throw new RangeError(`no tree of ${before} in one of ${leaves.length}`);
      return before === 0 || before === leaves.length ? [] : subproof(before, 0, leaves.length, true, hashOf);
    },
    proof(index) {
      if (!Number.isInteger(index) || index < 0 || index >= leaves.length)
        throw new RangeError(`no leaf ${index} in a tree of ${leaves.length}`);
      const path: Buffer[] = [];
      for (let [from, to] = [0, leaves.length]; to - from > 1; ) {
        const middle = from + splitOf(to - from);
        if (index < middle) path.unshift(hashOf(middle, to));
        else path.unshift(hashOf(from, middle));
        [from, to] = index < middle ? [from, middle] : [middle, to];
      }
      return path;
    },
  };
}

/** Whether a path leads from a leaf to a root, in a tree of that size (RFC 9162, section 2.1.3.2). */
export function isIncluded(
  leaf: Uint8Array,
  index: number,
  size: number,
  path: Uint8Array[],
  root: Uint8Array,
): boolean {
  if (index < 0 || index >= size) return false;
  let [at, last] = [index, size - 1];
  let hash: Uint8Array = leaf;
  for (const sibling of path) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      hash = nodeHash(sibling, hash);
      // A node without a right neighbour goes up unchanged.
      for (; at % 2 === 0 && at !== 0; last = Math.floor(last / 2)) at /= 2;
    } else hash = nodeHash(hash, sibling);
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 && Buffer.compare(hash, root) === 0;
}

/** SUBPROOF of RFC 6962, section 2.1.2, over the leaves [from, to). */
function subproof(
  before: number,
  from: number,
  to: number,
  whole: boolean,
  hashOf: (from: number, to: number) => Buffer,
): Buffer[] {
  if (before === to - from) return whole ? [] : [hashOf(from, to)];
  const split = splitOf(to - from);
  const middle = from + split;
  if (before <= split) return [...subproof(before, from, middle, whole, hashOf), hashOf(middle, to)];
  return [...subproof(before - split, middle, to, false, hashOf), hashOf(from, middle)];
}

/** Hash of a node, from those of its two halves. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return createHash('sha256').update(NODE).update(left).update(right).digest();
}

/** Largest power of two below a size: how many leaves the left half has. */
export function splitOf(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}

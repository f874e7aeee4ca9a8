// A proof that a log has only grown: the tree of its first lines is part of the tree of more lines (RFC 6962, section
// 2.1.2). Whoever remembers an older checkpoint and sees this proof knows that nothing before it was changed or cut.

import { GreffierError } from '../shared/errors.ts';
import type { Checkpoint } from './checkpoint.ts';
import { merkleTree, nodeHash, splitOf } from './merkle.ts';

type Head = Pick<Checkpoint, 'size' | 'root'>;

const PROOF = /^greffier-consistency-1\nfrom: (\d{1,12})\nto: (\d{1,12})\n((?:path: [0-9a-f]{64}\n)*)$/;
const CHECKPOINT =
  /^greffier-checkpoint-1\norigin: (.+)\nsize: (\d{1,12})\nroot: ([0-9a-f]{64})\ntime: (\d{4}-\d\d-\d\dT[\d:.]+Z)\n$/;

/** Text of the proof that the first `from` lines are the beginning of the first `to` lines. Throws a RangeError. */
export function consistencyText(lines: Uint8Array[], from: number, to: number): string {
  if (!Number.isInteger(from) || from < 1 || from > to || to > lines.length)
    throw new RangeError(`no proof from ${from} to ${to} in a log of ${lines.length} lines`);
  const steps = subproof(lines.slice(0, to), from, true).map((hash) => `path: ${hash.toString('hex')}\n`);
  return `greffier-consistency-1\nfrom: ${from}\nto: ${to}\n${steps.join('')}`;
}

/** SUBPROOF of the RFC: hashes from which both roots are found. `isWhole`: the older root itself need not be told. */
function subproof(lines: Uint8Array[], from: number, isWhole: boolean): Buffer[] {
  if (from === lines.length) return isWhole ? [] : [merkleTree(lines).root()];
  const middle = splitOf(lines.length);
  const [left, right] = [lines.slice(0, middle), lines.slice(middle)];
  return from <= middle
    ? [...subproof(left, from, isWhole), merkleTree(right).root()]
    : [...subproof(right, from - middle, false), merkleTree(left).root()];
}

/** Whether a proof leads from one root to the other (RFC 9162, section 2.1.4.2). */
export function isConsistent(proof: string, from: Head, to: Head): boolean {
  const parts = PROOF.exec(proof);
  if (!parts || Number(parts[1]) !== from.size || Number(parts[2]) !== to.size) return false;
  const path = [...(parts[3] ?? '').matchAll(/[0-9a-f]{64}/g)].map(([hash]) => Buffer.from(hash, 'hex'));
  if (from.size === to.size) return path.length === 0 && from.root === to.root;
  if (from.size < 1 || from.size > to.size || path.length === 0) return false;
  // A whole tree of a power of two is a node of the larger one: its root is where the way begins.
  if (Number.isInteger(Math.log2(from.size))) path.unshift(Buffer.from(from.root, 'hex'));
  const roots = climb(path, from.size - 1, to.size - 1);
  return roots?.older === from.root && roots.newer === to.root;
}

/** Both roots that a path leads to; undefined when it is too long or too short. Sizes go beyond 32 bits. */
function climb([first, ...path]: Buffer[], older: number, newer: number) {
  if (!first) return undefined;
  let [at, last] = [older, newer];
  for (; at % 2 === 1; last = half(last)) at = half(at);
  let roots = { older: first, newer: first };
  for (const sibling of path) {
    if (last === 0) return undefined;
    if (at % 2 === 1 || at === last) {
      roots = { older: nodeHash(sibling, roots.older), newer: nodeHash(sibling, roots.newer) };
      for (; at % 2 === 0 && at !== 0; last = half(last)) at = half(at);
    } else roots = { ...roots, newer: nodeHash(roots.newer, sibling) };
    [at, last] = [half(at), half(last)];
  }
  if (last !== 0) return undefined;
  return { older: roots.older.toString('hex'), newer: roots.newer.toString('hex') };
}

/** Reads the text of a checkpoint. Throws `bad-checkpoint`. */
export function readCheckpoint(text: string): Checkpoint {
  const [, origin, size, root, time] = CHECKPOINT.exec(text) ?? [];
  if (origin && root && time) return { origin, size: Number(size), root, time };
  throw new GreffierError('bad-checkpoint', 'it is no checkpoint of an audit log', {
    hint: 'five lines: greffier-checkpoint-1, origin, size, root, time',
    status: 400,
  });
}

function half(value: number): number {
  return Math.floor(value / 2);
}

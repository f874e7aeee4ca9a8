// Did a log only grow? Whoever remembers the root of a smaller one can tell, without seeing a line of it (RFC 9162,
// section 2.1.4.2). This is what a witness does.

import { nodeHash } from './merkle.ts';

export interface TreeHead {
  size: number;
  root: Uint8Array;
}

export interface Consistency {
  from: number;
  to: number;
  /** In hex. */
  path: string[];
}

/** Whether the log of the first head grew into that of the second one. */
export function isConsistent(before: TreeHead, after: TreeHead, path: Uint8Array[]): boolean {
  if (before.size > after.size) return false;
  if (before.size === after.size) return path.length === 0 && same(before.root, after.root);
  if (before.size === 0) return path.length === 0;
  const steps = isPowerOfTwo(before.size) ? [before.root, ...path] : [...path];
  const first = steps.shift();
  if (!first) return false;
  let [at, last] = [before.size - 1, after.size - 1];
  for (; at % 2 === 1; last = Math.floor(last / 2)) at = Math.floor(at / 2);
  let [old, now]: [Uint8Array, Uint8Array] = [first, first];
  for (const step of steps) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      [old, now] = [nodeHash(step, old), nodeHash(step, now)];
      for (; at % 2 === 0 && at !== 0; last = Math.floor(last / 2)) at /= 2;
    } else now = nodeHash(now, step);
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 && same(old, before.root) && same(now, after.root);
}

/** The text of a proof. */
export function consistencyText({ from, to, path }: Consistency): string {
  return `greffier-consistency-1\nfrom: ${from}\nto: ${to}\n${path.map((hash) => `path: ${hash}\n`).join('')}`;
}

/** Reads the text of a proof; undefined when it is none. */
export function readConsistency(text: string): Consistency | undefined {
  const form = /^greffier-consistency-1\nfrom: (\d{1,15})\nto: (\d{1,15})\n((?:path: [0-9a-f]{64}\n)*)$/.exec(
    text,
  );
  if (!form) return undefined;
  const path = [...(form[3] ?? '').matchAll(/path: (\w+)/g)].map(([, hash]) => hash ?? '');
  return { from: Number(form[1]), to: Number(form[2]), path };
}

function isPowerOfTwo(size: number): boolean {
  return 2 ** Math.floor(Math.log2(size)) === size;
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

import { createHash } from 'node:crypto';
import { merkleTree } from './audit/merkle.ts';
import { GreffierError } from './shared/errors.ts';
import type { Checkpoint } from './witness/log.ts';

const split = (n: number) => {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
};
const root = (lines: Buffer[]) => merkleTree(lines).root();
function sub(m: number, lines: Buffer[], whole: boolean): Buffer[] {
  const n = lines.length;
  if (m === n) return whole ? [] : [root(lines)];
  const k = split(n);
  if (m <= k) return [...sub(m, lines.slice(0, k), whole), root(lines.slice(k))];
  return [...sub(m - k, lines.slice(k), false), root(lines.slice(0, k))];
}
export function consistencyText(lines: Buffer[], from: number, to: number): string {
  const path = sub(from, lines.slice(0, to), true)
    .map((h) => `path: ${h.toString('hex')}\n`)
    .join('');
  return `greffier-consistency-1\nfrom: ${from}\nto: ${to}\n${path}`;
}
const node = (l: Buffer, r: Buffer) =>
  createHash('sha256').update(Uint8Array.of(1)).update(l).update(r).digest();
export function followsFrom(
  proof: string,
  from: { size: number; root: string },
  to: { size: number; root: string },
): boolean {
  const m = /^greffier-consistency-1\nfrom: (\d+)\nto: (\d+)\n((?:path: [0-9a-f]{64}\n)*)$/.exec(proof);
  if (!m || Number(m[1]) !== from.size || Number(m[2]) !== to.size) return false;
  let path = [...(m[3] ?? '').matchAll(/[0-9a-f]{64}/g)].map(([h]) => Buffer.from(h, 'hex'));
  if (from.size >= to.size || path.length === 0) return false;
  if (Number.isInteger(Math.log2(from.size))) path = [Buffer.from(from.root, 'hex'), ...path];
  let [fn, sn] = [from.size - 1, to.size - 1];
  while (fn & 1) {
    fn >>= 1;
    sn >>= 1;
  }
  const [first, ...rest] = path as [Buffer, ...Buffer[]];
  let [fr, sr] = [first, first];
  for (const c of rest) {
    if (sn === 0) return false;
    if (fn & 1 || fn === sn) {
      fr = node(c, fr);
      sr = node(c, sr);
      while (!(fn & 1) && fn !== 0) {
        fn >>= 1;
        sn >>= 1;
      }
    } else sr = node(sr, c);
    fn >>= 1;
    sn >>= 1;
  }
  return sn === 0 && fr.toString('hex') === from.root && sr.toString('hex') === to.root;
}
export function readCheckpoint(text: string): Checkpoint {
  const m =
    /^greffier-checkpoint-1\norigin: (.+)\nsize: (\d{1,12})\nroot: ([0-9a-f]{64})\ntime: (\d{4}-\d\d-\d\dT[\d:.]+Z)\n$/.exec(
      text,
    );
  if (!m) throw new GreffierError('bad-checkpoint', 'it is no checkpoint');
  return { origin: m[1] ?? '', size: Number(m[2]), root: m[3] ?? '', time: m[4] ?? '' };
}

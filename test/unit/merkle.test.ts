// The tree over the lines of the audit log is that of RFC 6962, and a path convinces of what is in it and of nothing else.

import { createHash } from 'node:crypto';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'tap';
import { type Checkpoint, isProven, proveLines, readCheckpoint } from '../../src/audit/checkpoint.ts';
import { isConsistent } from '../../src/audit/consistency.ts';
import type { AuditLine } from '../../src/audit/entry.ts';
import { openAudit } from '../../src/audit/journal.ts';
import { isIncluded, leafHash, merkleTree } from '../../src/audit/merkle.ts';
import { createPeaks } from '../../src/audit/peaks.ts';
import { handClock, ownFolder } from './support/world.ts';

const LEAVES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
/** Roots of the first one, two, … of those leaves, by a second reckoning: level by level, the odd one going up. */
function rootOf(leaves: Buffer[]): string {
  const sha = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
  let level = leaves.map((leaf) => sha(Buffer.of(0), leaf));
  while (level.length > 1) {
    const pairs = level.flatMap((left, at) => (at % 2 ? [] : [[left, level[at + 1]] as const]));
    level = pairs.map(([left, right]) => (right ? sha(Buffer.of(1), left, right) : left));
  }
  return (level[0] ?? sha()).toString('hex');
}

const lines = (count: number) => Array.from({ length: count }, (_, at) => Buffer.from(`line ${at}`));

test('the roots are those that the RFC’s tree has', async (t) => {
  const leaves = LEAVES.map((hex) => Buffer.from(hex, 'hex'));
  t.equal(
    merkleTree([]).root().toString('hex'),
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  );
  t.equal(
    merkleTree(leaves.slice(0, 1)).root().toString('hex'),
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  );
  t.equal(
    merkleTree(leaves).root().toString('hex'),
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  );
  for (let count = 1; count < 70; count += 1)
    t.equal(merkleTree(lines(count)).root().toString('hex'), rootOf(lines(count)), `${count} leaves`);
});

test('every line of a log of any size is proven by its path, and no other line, place, size or root is', async (t) => {
  for (const size of [1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 31, 33, 64, 65]) {
    const tree = merkleTree(lines(size));
    const root = tree.root();
    const all = lines(size).map((line, at) => isIncluded(leafHash(line), at, size, tree.proof(at), root));
    t.ok(all.every(Boolean), `${size} lines`);
    for (const at of [0, size - 1]) {
      const [leaf, path] = [leafHash(lines(size)[at] as Buffer), tree.proof(at)];
      t.notOk(isIncluded(leafHash(Buffer.from('another')), at, size, path, root));
      t.notOk(isIncluded(leaf, at, size, path, leafHash(Buffer.from('another'))));
      t.notOk(isIncluded(leaf, at, size, [...path, root], root), 'too long');
      if (size > 1) t.notOk(isIncluded(leaf, at, size, path.slice(0, -1), root), 'too short');
      if (size > 1) t.notOk(isIncluded(leaf, size - 1 - at, size, path, root), 'another place');
      t.notOk(isIncluded(leaf, at, at, path, root), 'no such place');
    }
  }
  t.throws(() => merkleTree(lines(3)).proof(3), RangeError);
});

test('a checkpoint is taken of the lines as they are on disk, without one that is not ended', async (t) => {
  const folder = await ownFolder(t);
  const authority = { origin: 'Un  cabinet\nà Paris', sign: async () => 'signed' };
  const audit = await openAudit(folder, handClock('2026-11-22T08:00:00Z'), authority);
  t.same(await audit.lines(), []);
  await audit.write({ actor: 'marie', action: 'play', recording: 'one' });
  await audit.write({ actor: 'marie', action: 'play', recording: 'two' });
  await appendFile(join(folder, 'log'), '{"at":"2026');
  const taken = await audit.checkpoint();
  t.match(
    taken.text,
    /^greffier-checkpoint-1\norigin: Un cabinet à Paris\nsize: 2\nroot: \w{64}\ntime: 2026/,
  );
  const checkpoint = readCheckpoint(taken.text) as Checkpoint;
  const found = await audit.lines();
  const proven = proveLines(await audit.leaves(), [found[1] as AuditLine]);
  t.match(proven, [{ inclusion: { index: 1, size: 2 } }]);
  t.ok(proven.every((line) => isProven(line, checkpoint)));
  t.notOk(proven.some((line) => isProven(line, { ...checkpoint, size: 3 })));
});

test('a log of any size is shown to have grown from any smaller one, and from no other (RFC 6962, 2.1.2)', async (t) => {
  for (const to of [1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 33, 64, 65]) {
    const tree = merkleTree(lines(to));
    const after = { size: to, root: tree.root() };
    for (let from = 0; from <= to; from += 1) {
      const before = { size: from, root: merkleTree(lines(from)).root() };
      const path = tree.consistency(from);
      t.ok(isConsistent(before, after, path), `${from} → ${to}`);
      if (from === 0) continue;
      const other = { size: from, root: leafHash(Buffer.from('another')) };
      t.notOk(isConsistent(other, after, path), `${from} → ${to}: another past`);
      t.notOk(isConsistent(before, { size: to, root: other.root }, path), `${from} → ${to}: another present`);
      t.notOk(isConsistent(before, after, [...path, other.root]), `${from} → ${to}: too long`);
      if (path.length) t.notOk(isConsistent(before, after, path.slice(1)), `${from} → ${to}: too short`);
      if (from < to) t.notOk(isConsistent({ ...before, size: to + 1 }, after, path), 'a larger past');
    }
  }
});

test('the root of a growing log is that of the tree', async (t) => {
  const peaks = createPeaks();
  for (let count = 0; count < 200; count += 1) {
    t.same(peaks.root(), merkleTree(lines(count)).root(), `${count} leaves`);
    peaks.push(leafHash(Buffer.from(`line ${count}`)));
  }
});

// A proof of consistency shows that a log has only grown, and nothing else passes for one.

import { test } from 'tap';
import { checkpointText } from '../../src/audit/checkpoint.ts';
import { consistencyText, isConsistent, readCheckpoint } from '../../src/audit/consistency.ts';
import { merkleTree } from '../../src/audit/merkle.ts';
import { codeOf } from './support/world.ts';

const MOST = 33;
const lines = Array.from({ length: MOST }, (_, index) => Buffer.from(`line ${index}`));
const heads = [...lines, lines].map((_, size) => ({
  size,
  root: merkleTree(lines.slice(0, size)).root().toString('hex'),
}));
const head = (size: number) => heads[size] ?? { size, root: '' };

test('the proof of every size to every larger one passes, and for no other pair of roots', async (t) => {
  for (let to = 1; to <= MOST; to += 1) {
    for (let from = 1; from <= to; from += 1) {
      const proof = consistencyText(lines, from, to);
      if (!isConsistent(proof, head(from), head(to))) t.fail(`${from} to ${to}`);
      const rewritten = { size: from, root: head(from === 1 ? 2 : from - 1).root };
      if (isConsistent(proof, rewritten, head(to))) t.fail(`another beginning, ${from} to ${to}`);
      if (isConsistent(proof, head(from), { size: to, root: 'ab'.repeat(32) }))
        t.fail(`another end, ${from} to ${to}`);
    }
  }
  t.pass(`${(MOST * (MOST + 1)) / 2} pairs`);
});

test('a proof that is changed in any place, cut, or grown, passes no more', async (t) => {
  const [from, to] = [head(11), head(29)];
  const proof = consistencyText(lines, 11, 29);
  t.ok(isConsistent(proof, from, to));
  const digits = [...proof].flatMap((letter, at) => (/[0-9a-f]/.test(letter) && at > 40 ? [at] : []));
  const changed = digits.map(
    (at) => proof.slice(0, at) + (proof[at] === '0' ? '1' : '0') + proof.slice(at + 1),
  );
  const steps = proof.split('\n').slice(3, -1);
  const without = steps.map((step) => proof.replace(`${step}\n`, ''));
  const twice = steps.map((step) => proof.replace(step, `${step}\n${step}`));
  const swapped = proof.replace(`${steps[0]}\n${steps[1]}`, `${steps[1]}\n${steps[0]}`);
  const mutants = [...changed, ...without, ...twice, swapped, `${proof}\n`, `${proof}${steps[0]}\n`, ''];
  t.ok(mutants.length > 200, `${mutants.length} mutants`);
  t.same(
    mutants.filter((mutant) => mutant !== proof && isConsistent(mutant, from, to)),
    [],
  );
});

test('there is no proof for sizes that the log never had in that order', async (t) => {
  for (const [from, to] of [
    [0, 5],
    [6, 5],
    [5, MOST + 1],
    [1.5, 5],
  ] as const)
    t.throws(() => consistencyText(lines, from, to), RangeError, `${from} to ${to}`);
});

test('a checkpoint is read as it was written, and in no other form', async (t) => {
  const checkpoint = { origin: 'Étude', ...head(7), time: '2026-11-22T08:00:00.000Z' };
  const text = checkpointText(checkpoint);
  t.same(readCheckpoint(text), checkpoint);
  for (const other of [
    text.trim(),
    `${text}\n`,
    text.replace('-1\n', '-2\n'),
    text.replace('size: 7', 'size: -7'),
    text.replace('size: 7\n', ''),
    text.replaceAll('\n', '\r\n'),
    text.replace('root: ', 'root: 0'),
  ])
    t.equal(await codeOf(() => readCheckpoint(other)), 'bad-checkpoint');
});

// Many things at a time: nothing is kept twice or lost, and one that cannot be kept is told of by itself.

import { test } from 'tap';
import { eachAtOnce } from '../../src/shared/at-once.ts';
import { inBatches } from '../../src/shared/batches.ts';
import { messageOf } from './support/world.ts';

test('things are kept many at a time, and what is left is kept at the end', async (t) => {
  const kept: number[][] = [];
  const batches = inBatches<number>(
    3,
    (items) => kept.push(items),
    () => void t.fail('nothing failed'),
  );
  for (const item of [1, 2, 3, 4]) await batches.add(item);
  t.same(kept, [[1, 2, 3]]);
  await batches.flush();
  t.same(kept, [[1, 2, 3], [4]]);
});

test('one that cannot be kept is told of, and the others of its batch are kept', async (t) => {
  const [kept, failed]: [number[], string[]] = [[], []];
  const batches = inBatches<number>(
    3,
    (items) => {
      if (items.includes(2)) throw new Error('not this one');
      kept.push(...items);
    },
    (item, error) => void failed.push(`${item}: ${(error as Error).message}`),
  );
  for (const item of [1, 2, 3]) await batches.add(item);
  t.same([kept, failed], [[1, 3], ['2: not this one']]);
});

test('work is done once for each item, so many at a time, and its error comes out', async (t) => {
  const done: number[] = [];
  let [running, most] = [0, 0];
  await eachAtOnce(4, Array.from({ length: 30 }).keys(), async (item) => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((go) => setImmediate(go));
    running -= 1;
    done.push(item);
  });
  t.same(
    done.toSorted((one, other) => one - other),
    [...Array(30).keys()],
  );
  t.equal(most, 4);
  const failing = eachAtOnce(2, [1, 2, 3], async (item) => {
    if (item === 2) throw new Error('the second');
  });
  t.equal(await messageOf(() => failing), 'the second');
});

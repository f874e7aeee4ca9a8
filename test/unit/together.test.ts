// What is cheaper to keep many at a time: each is kept when it says so, and one that fails fails alone.

import { test } from 'tap';
import { together } from '../../src/shared/together.ts';

test('what is kept together is kept once, and what cannot be spoils none of the others', async (t) => {
  const steps: number[][] = [];
  const keep = together<number>((items) => {
    steps.push(items);
    if (items.includes(2)) throw new Error('not two');
  });
  await Promise.all([keep(4), keep(5)]);
  t.same(steps, [[4, 5]]);
  const ends = await Promise.allSettled([keep(1), keep(2), keep(3)]);
  t.same(
    ends.map(({ status }) => status),
    ['fulfilled', 'rejected', 'fulfilled'],
  );
  t.same(steps.slice(1), [[1, 2, 3], [1], [2], [3]]);
});

// What is done once for many is begun after the last of them asked, and what fails fails for them alone.

import { test } from 'tap';
import { shareNext } from '../../src/shared/share-next.ts';

/** Work that ends when it is told to, and the keys it was begun for. */
function watched() {
  const begun: { key: string; end: PromiseWithResolvers<void> }[] = [];
  const ask = shareNext((key) => {
    const end = Promise.withResolvers<void>();
    begun.push({ key, end });
    return end.promise;
  });
  return { begun, ask };
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

test('who asks while a run is under way does not share it: it may have been too early', async (t) => {
  const { begun, ask } = watched();
  const first = ask('a');
  const ended: string[] = [];
  const others = ['second', 'third', 'fourth'].map((name) => ask('a').then(() => ended.push(name)));
  t.equal(begun.length, 1);
  begun[0]?.end.resolve();
  await first;
  await turn();
  t.equal(begun.length, 2, 'one run for the three');
  t.same(ended, [], 'and none has ended before it');
  begun[1]?.end.resolve();
  await Promise.all(others);
  const later = ask('a');
  t.equal(begun.length, 3, 'nothing runs any more: a new run at once');
  begun[2]?.end.resolve();
  await later;
});

test('different keys do not wait for each other', async (t) => {
  const { begun, ask } = watched();
  const both = [ask('a'), ask('b')];
  t.same(
    begun.map(({ key }) => key),
    ['a', 'b'],
  );
  for (const { end } of begun) end.resolve();
  await Promise.all(both);
});

test('a run that fails fails for those who share it, and not for those of the next one', async (t) => {
  const { begun, ask } = watched();
  const first = ask('a');
  const [second, third] = [ask('a'), ask('a')];
  begun[0]?.end.reject(new Error('the disk is gone'));
  await t.rejects(first, /gone/);
  await turn();
  begun[1]?.end.reject(new Error('still gone'));
  await t.rejects(second, /still/);
  await t.rejects(third, /still/);
  const fourth = ask('a');
  begun[2]?.end.resolve();
  await fourth;
});

// The holder's work in the replacement of a key, with a box that is a map of headers: stopped, taken up, refused, cut off.

import { test } from 'tap';
import { batchesOf } from '../../web/src/keys/batches.ts';
import { roughly, secondsLeft } from '../../web/src/keys/pace.ts';
import { createRewrapping, type Hands } from '../../web/src/keys/rewrapping.ts';
import { ApiError } from '../../web/src/shared/api-error.ts';

const ROTATION = { id: 'r', from: 'aa', to: 'bb', toArmored: '', state: 'running' };

/** A box with so many headers to replace, and hands that work on it. */
function box(total: number) {
  const left = new Map(
    Array.from({ length: total }, (_, at) => [String(at).padStart(5, '0'), 'old'] as const),
  );
  const status = async () => ({ ...ROTATION, total, done: total - left.size });
  const hands: Hands = {
    rotation: status,
    async fetch(after, limit) {
      const ids = [...left.keys()].filter((id) => id > (after ?? '')).slice(0, limit);
      const headers = ids.map((id) => ({ id, header: 'old' }));
      return { headers, next: ids.length === limit ? (ids.at(-1) ?? null) : null };
    },
    rewrap: async (_, headers) => ({
      headers: headers.map(({ id }) => ({ id, header: 'new' })),
      already: 0,
      refused: [],
    }),
    async handBack(headers) {
      for (const { id } of headers) left.delete(id);
      return { accepted: headers.length, refused: [] };
    },
    stillHere() {},
  };
  return { left, hands };
}

test('all headers of all pages are handed over, and the lock is told that somebody is there', async (t) => {
  const { left, hands } = box(1_001);
  let signs = 0;
  const work = createRewrapping({ ...hands, stillHere: () => void signs++ });
  await work.start();
  t.equal(left.size, 0);
  t.equal(work.phase.value, 'finished');
  t.same(work.progress.value, { done: 1_001, total: 1_001 });
  t.ok(signs > 5);
});

test('it stops after the batch in hand, and goes on with the rest', async (t) => {
  const { left, hands } = box(450);
  const work = createRewrapping({
    ...hands,
    async handBack(headers) {
      if (left.size < 400) work.stop();
      return hands.handBack(headers);
    },
  });
  await work.start();
  t.equal(work.phase.value, 'stopped');
  const done = 450 - left.size;
  t.ok(done > 0 && done < 450, `${done} were done`);
  t.equal(work.progress.value.done, done);
  const resumed = createRewrapping(hands);
  await resumed.start();
  t.equal(left.size, 0);
});

test('what is refused, here or by the box, is told and does not stop the others', async (t) => {
  const { left, hands } = box(300);
  const work = createRewrapping({
    ...hands,
    async rewrap(rotation, headers) {
      const good = headers.filter(({ id }) => id !== '00007');
      const refused = good.length < headers.length ? [{ id: '00007', reason: 'header-damaged' }] : [];
      return { ...(await hands.rewrap(rotation, good)), refused };
    },
    async handBack(headers) {
      const good = headers.filter(({ id }) => id !== '00250');
      const refused =
        good.length < headers.length ? [{ id: '00250', reason: 'it was destroyed meanwhile' }] : [];
      return { ...(await hands.handBack(good)), refused };
    },
  });
  await work.start();
  t.equal(work.phase.value, 'partial');
  t.equal(left.size, 2);
  t.same(
    work.refused.value.map(({ id }) => id),
    ['00007', '00250'],
  );
});

test('a lost network or a locked key ends it with a reason, and nothing that was done is lost', async (t) => {
  const { left, hands } = box(250);
  const cut = { ...hands };
  const work = createRewrapping({
    ...cut,
    async handBack(headers) {
      if (left.size < 250) throw new ApiError('unreachable', 'no answer');
      return hands.handBack(headers);
    },
  });
  await work.start();
  t.equal(work.phase.value, 'stopped');
  t.equal(work.problem.value, 'unreachable');
  t.ok(left.size < 250 && left.size > 0);
});

test('a replacement that ended meanwhile is complete', async (t) => {
  const { hands } = box(3);
  let asked = 0;
  const work = createRewrapping({
    ...hands,
    async rotation() {
      if (asked++ > 0) throw new ApiError('no-rotation', 'no rotation is under way', 404);
      return hands.rotation();
    },
  });
  await work.start();
  t.equal(work.phase.value, 'finished');
});

test('batches keep to the number and to the size that the server takes, in order and without loss', async (t) => {
  const headers = Array.from({ length: 230 }, (_, at) => ({ id: `${at}`, header: 'x'.repeat(9_990) }));
  const batches = batchesOf(headers);
  t.same(batches.flat(), headers);
  for (const batch of batches) {
    t.ok(batch.length <= 200);
    t.ok(JSON.stringify(batch).length < 1_100_000);
  }
  t.same(batchesOf([]), []);
});

test('the time left is told once there is something to tell it from', async (t) => {
  t.equal(secondsLeft({ total: 100, done: 10, doneBefore: 10, elapsedMs: 9_000 }), null);
  t.equal(secondsLeft({ total: 100, done: 20, doneBefore: 10, elapsedMs: 300 }), null);
  t.equal(secondsLeft({ total: 100, done: 20, doneBefore: 10, elapsedMs: 5_000 }), 40);
  t.equal(roughly(0.2), 5);
  t.equal(roughly(41), 45);
  t.equal(roughly(601), 660);
});

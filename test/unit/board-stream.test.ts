// The stream of the live board by itself: how much it sends, how often, and that nothing of it stays behind.

import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { test } from 'tap';
import { liveStream } from '../../src/shared/event-stream.ts';

const never = () => () => {};

test('whoever goes away is forgotten', async (t) => {
  const listeners = new Set<() => void>();
  const onChange = (listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  const parts = {
    event: 'board',
    content: () => ({}),
    now: () => new Date(0),
    onChange,
    mayStill: async () => true,
  };
  const streams = Array.from({ length: 50 }, () => liveStream(parts));
  t.equal(listeners.size, 50);
  for (const stream of streams) stream.resume().destroy();
  await delay(10);
  t.equal(listeners.size, 0);
});

test('a hundred changes in a moment are two boards: the first, and the last', async (t) => {
  let [count, change] = [0, () => {}];
  const stream = liveStream(
    {
      event: 'board',
      content: () => ({ count }),
      now: () => new Date(0),
      onChange: (listener) => {
        change = listener;
        return () => {};
      },
      mayStill: async () => true,
    },
    { gapMs: 100, heartbeatMs: 60_000 },
  );
  let text = '';
  stream.on('data', (chunk) => {
    text += chunk;
  });
  await delay(20);
  for (count = 1; count < 100; count += 1) change();
  await delay(20);
  t.same(text.match(/"count":\d+/g), ['"count":0'], 'not before its time');
  await delay(130);
  t.same(text.match(/"count":\d+/g), ['"count":0', '"count":100']);
  change();
  await delay(130);
  t.equal(text.match(/"count"/g)?.length, 2, 'what did not change is not sent again');
  stream.destroy();
});

test('it shows that it is alive, looks at the session each time, and ends when that is over', async (t) => {
  let good = true;
  const parts = {
    event: 'board',
    content: () => ({}),
    now: () => new Date(0),
    onChange: never,
    mayStill: async () => good,
  };
  const stream = liveStream(parts, { gapMs: 10, heartbeatMs: 40 });
  let text = '';
  stream.on('data', (chunk) => {
    text += chunk;
  });
  await delay(100);
  t.match(text, /: alive\n\n: alive\n\n/);
  good = false;
  await once(stream, 'close');
  t.ok(stream.readableEnded, 'a proper end, after which the browser asks again and is told');
});

test('a slow reader gets the newest board, not all of them', async (t) => {
  let [count, change] = [0, () => {}];
  const stream = liveStream(
    {
      event: 'board',
      content: () => ({ count, filler: 'x'.repeat(20_000) }),
      now: () => new Date(0),
      onChange: (listener) => {
        change = listener;
        return () => {};
      },
      mayStill: async () => true,
    },
    { gapMs: 1, heartbeatMs: 60_000 },
  );
  stream.read(0);
  for (count = 1; count < 50; count += 1) {
    change();
    await delay(2);
  }
  t.ok(stream.readableLength < 45_000, `${stream.readableLength} bytes wait`);
  let text = '';
  stream.on('data', (chunk) => {
    text += chunk;
  });
  await delay(50);
  t.match(text, '"count":50');
  stream.destroy();
});

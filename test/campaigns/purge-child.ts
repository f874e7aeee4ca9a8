// The process that makes many recordings, or sweeps them, and may be killed: purge-child ROOT make|sweep COUNT. A sweep
// with a count kills itself after that many.

import { sweep } from '../../src/purge/sweep.ts';
import { keep, openStore } from '../unit/support/store.ts';

const [root = '', verb, count = '0'] = process.argv.slice(2);
const ends: (() => unknown)[] = [];
const store = await openStore({ teardown: (end: () => unknown) => void ends.push(end) } as never, root);

if (verb === 'make') {
  store.catalogue.filling();
  const AT_ONCE = 32;
  for (let made = 0; made < Number(count); made += AT_ONCE)
    await Promise.all(
      Array.from({ length: Math.min(AT_ONCE, Number(count) - made) }, () =>
        keep(store, '2026-11-22T08:00:00.000Z'),
      ),
    );
  await store.catalogue.filled();
} else {
  const began = performance.now();
  const memory = { early: 0, most: 0 };
  let done = 0;
  const report = await sweep(store.destruction(), store.clock(), {
    destroyed() {
      done += 1;
      if (done === Number(count)) process.kill(process.pid, 'SIGKILL');
      if (done % 50 !== 0) return;
      const { rss } = process.memoryUsage();
      if (done === 100) memory.early = rss;
      memory.most = Math.max(memory.most, rss);
    },
  });
  console.log(
    JSON.stringify({ ...report, failed: undefined, memory, seconds: (performance.now() - began) / 1000 }),
  );
}
for (const end of ends) end();

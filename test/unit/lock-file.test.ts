// One at a time, across processes: the lock goes when its holder does.

import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { test } from 'tap';
import { whileLocked } from '../../src/shared/lock.ts';
import { codeOf, ownFolder, ROOT } from './support/world.ts';

test('who comes second is refused, or waits when told to; what the work gives is handed on', async (t) => {
  const path = join(await ownFolder(t), 'a.lock');
  const order: string[] = [];
  const hand = Promise.withResolvers<void>();
  const inside = Promise.withResolvers<void>();
  const first = whileLocked(path, 0, async () => {
    inside.resolve();
    await hand.promise;
    order.push('first');
    return 1;
  });
  await inside.promise;
  t.equal((await stat(path)).mode & 0o777, 0o600, 'nobody else can take it');
  t.equal(await codeOf(() => whileLocked(path, 0, async () => t.fail('two at once'))), 'busy');
  const third = whileLocked(path, 10, async () => order.push('third'));
  hand.resolve();
  t.equal(await first, 1);
  await third;
  t.same(order, ['first', 'third']);
});

test('work that fails lets go of the lock, and so does a process that is killed', async (t) => {
  const path = join(await ownFolder(t), 'a.lock');
  await t.rejects(
    whileLocked(path, 0, () => Promise.reject(new Error('no'))),
    { message: 'no' },
  );
  const script = `
    import { whileLocked } from '${join(ROOT, 'src/shared/lock.ts')}';
    await whileLocked('${path}', 0, () => { console.log('held'); return new Promise((go) => setTimeout(go, 60_000)); });`;
  const holder = execa(process.execPath, ['--input-type=module-typescript', '--eval', script], {
    reject: false,
  });
  await once(holder.stdout, 'data');
  t.equal(await codeOf(() => whileLocked(path, 0, async () => {})), 'busy');
  holder.kill('SIGKILL');
  await holder;
  t.equal(await whileLocked(path, 10, async () => 'mine'), 'mine');
});

test('a folder that is not there is an error, and not a lock', async (t) => {
  await t.rejects(
    whileLocked(join(await ownFolder(t), 'absent', 'a.lock'), 0, async () => {}),
    { code: 'ENOENT' },
  );
});

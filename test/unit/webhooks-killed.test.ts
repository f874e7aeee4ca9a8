// kill -9 of the sender: what was to be told is told, at worst twice, and then under the same id.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { test } from 'tap';
import { openWebhooks, webhooksInBrief } from '../../src/webhooks-of-site.ts';
import { hookOf, ID, listed, SECRET } from './support/hook.ts';
import { openKeyWorld } from './support/keys.ts';
import { openReceiver } from './support/receiver.ts';

const CHILD = new URL('support/webhook-child.ts', import.meta.url).pathname;

async function killed(t: Parameters<typeof openKeyWorld>[0], when: 'kept' | 'taken') {
  const w = await openKeyWorld(t);
  await writeFile(w.at('secret'), SECRET);
  listed(w);
  const receiver = await openReceiver(t, w.root, ['silence', 200]);
  const child = spawn(process.execPath, [CHILD, w.root, ID, receiver.url], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = once(child, 'exit');
  if (when === 'kept') child.stdout.once('data', () => child.kill('SIGKILL'));
  // It has sent, and waits for the answer.
  else receiver.onTaken(() => child.kill('SIGKILL'));
  const [, signal] = await gone;
  t.equal(signal, 'SIGKILL');
  Object.assign(w.appliance.config, { webhooks: [hookOf(w.root, receiver.url)] });
  receiver.answers.splice(0, receiver.answers.length, 200);
  const hooks = await openWebhooks(w.appliance);
  await hooks.look();
  t.match((await webhooksInBrief(w.appliance))[0], { waiting: 0, dead: 0 });
  return receiver.taken.map(({ headers }) => String(headers['greffier-event-id']));
}

test('killed once the event is kept, the sender delivers it after its restart', async (t) => {
  const ids = await killed(t, 'kept');
  t.same(new Set(ids), new Set([`call.ended:${ID}`, `recording.sealed:${ID}`]));
});

test('killed while the other side takes it, the sender delivers it again, under the same id', async (t) => {
  const ids = await killed(t, 'taken');
  t.same(new Set(ids), new Set([`call.ended:${ID}`, `recording.sealed:${ID}`]));
  t.equal(ids.length, 3, 'one of the two came twice');
});
